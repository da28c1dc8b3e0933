import { ACCESS_RULES } from '../src/route-permissions.js';
import { Cast, type Credential } from './support/cast.js';
import { APP_KEY } from './support/dify-server.js';
import { forAll, leastRequest, OF_APPS, OF_USERS, type Operation, OPERATIONS } from './support/operations.js';
import { startTestApp, type TestApp } from './support/test-app.js';

/** What an operation answers; nothing where it lets the credential through. */
interface Refusal {
  status: number;
  code: string;
}

const UNKNOWN_APP: Refusal = { status: 401, code: 'unauthorized' };
const SAFE_METHODS = ['GET', 'HEAD'];

describe('every operation, whatever it is called with', () => {
  let server: TestApp;
  let cast: Cast;

  beforeAll(async () => {
    server = await startTestApp({ OPSAGENT_APP_KEY: APP_KEY });
    cast = new Cast(server);
  });

  afterAll(() => server.close());

  const expectedOf = (operation: Operation, credential: Credential): Refusal | null =>
    operation.access === 'app-key' ? (credential.isAppKey ? null : UNKNOWN_APP) : refusalOfUser(operation, credential);

  function refusalOfUser({ method, access }: Operation, { user, refusedAs }: Credential): Refusal | null {
    if (!user) return { status: 401, code: refusedAs ?? 'access/unauthenticated' };
    const forbidden = (code: string): Refusal => ({ status: 403, code: `access/${code}` });
    if (user.isCrossSite && !SAFE_METHODS.includes(method)) return forbidden('cross-site');
    const isForAll = access === 'any-user' || access === 'signed-in';
    if (!isForAll && !ACCESS_RULES.allows(user.role, access)) return forbidden('forbidden');
    return ACCESS_RULES.covers(user.scopes, access) ? null : forbidden('scope-missing');
  }

  async function answerOf(operation: Operation, { headers }: Credential) {
    const { method, path, access } = operation;
    const least = access === 'app-key' ? leastRequest(operation) : { method, headers: {} };
    const url = server.url + path.replaceAll(/\{\w+\}/g, crypto.randomUUID());
    const response = await fetch(url, { ...least, headers: { ...least.headers, ...headers } });
    const text = await response.text();
    const { code = '' } = text.startsWith('{') ? (JSON.parse(text) as { code?: string }) : {};
    return { status: response.status, code, isProblem: /json/.test(response.headers.get('content-type') ?? '') };
  }

  async function complaintAbout(operation: Operation, credential: Credential): Promise<string[]> {
    const expected = expectedOf(operation, credential);
    const { status, code, isProblem } = await answerOf(operation, credential);
    const isLetThrough = status !== 401 && !code.startsWith('access/') && status < 500;
    const isRight = expected ? status === expected.status && code === expected.code && isProblem : isLetThrough;
    const wanted = expected ? `${expected.status} ${expected.code}` : 'to be let through';
    return isRight ? [] : [`${credential.name}: ${status} ${code} instead of ${wanted}`];
  }

  it.each([...OF_USERS, ...OF_APPS].map((one) => [one.name, one] as const))('%s', async (_name, operation) => {
    // Signing out ends what it was sent with, so nobody is used twice.
    const complaints = await forAll(await cast.everybody(), (one) => complaintAbout(operation, one));
    expect(complaints.flat()).toEqual([]);
  });

  it.each(OPERATIONS.filter(({ access }) => access === 'public').map((one) => [one.name, one] as const))(
    '%s asks nobody who they are',
    async (_name, operation) => {
      const all = (await cast.everybody()).filter(({ user }) => !user?.isCrossSite);
      const nobody = await answerOf(operation, { name: 'nobody', headers: {} });
      const answers = await forAll(all, async (one) => ({ name: one.name, ...(await answerOf(operation, one)) }));
      expect(answers.filter(({ status, code }) => status !== nobody.status || code !== nobody.code)).toEqual([]);
    },
  );

  it('stands in the document, the document itself and the root of the wire for apps left aside', () => {
    const documented = OPERATIONS.map(({ name }) => name.replaceAll(/\{(\w+)\}/g, ':$1'));
    const missing = Object.keys(ACCESS_RULES.routes).filter((name) => !documented.includes(name));
    expect(missing.filter((name) => !/^GET \/(openapi|v1$)/.test(name))).toEqual([]);
  });
});
