import type { ProblemDto, Role } from '@opsagent/contracts';
import { aUser } from './support/a-user.js';
import { LlmConfigClient } from './support/llm-config-client.js';
import { startTestApp, type TestApp } from './support/test-app.js';

/** A test of it ends at our own rules: nothing leaves the machine. */
const NOWHERE = { base_url: 'http://127.0.0.1:9/v1' };

describe('who may change model configurations', () => {
  let app: TestApp;
  let admin: LlmConfigClient;

  beforeAll(async () => {
    app = await startTestApp();
    admin = new LlmConfigClient(app);
  });

  afterAll(() => app.close());

  const aClient = async (role: Role): Promise<LlmConfigClient> =>
    new LlmConfigClient(app, (await aUser(app, role)).headers);

  const changes = (id: string): [string, string, unknown?][] => [
    ['PUT', `/${id}`, { description: 'mine' }],
    ['POST', `/${id}/toggle-status`],
    ['POST', `/${id}/toggle-status`],
    ['POST', `/${id}/set-default`],
    ['POST', `/${id}/test`, {}],
    ['DELETE', `/${id}?force=true`],
  ];

  const statusesOf = async (client: LlmConfigClient, id: string): Promise<number[]> => {
    const statuses: number[] = [];
    for (const [method, path, body] of changes(id)) statuses.push((await client.send(method, path, body)).status);
    return statuses;
  };

  it('lets a viewer look and nothing else', async () => {
    const viewer = await aClient('viewer');
    const { id } = await admin.create(NOWHERE);
    expect((await viewer.send('GET', `/${id}`)).status).toBe(200);
    expect((await viewer.send('POST', '', { name: 'x', provider: 'ollama', model_name: 'm' })).status).toBe(403);
    expect(await statusesOf(viewer, id)).toEqual([403, 403, 403, 403, 403, 403]);
  });

  it('lets an operator change what is their own', async () => {
    const operator = await aClient('operator');
    const { id } = await operator.create(NOWHERE);
    expect(await statusesOf(operator, id)).toEqual([200, 200, 200, 200, 200, 204]);
  });

  it('keeps an operator from what is somebody else’s', async () => {
    const operator = await aClient('operator');
    const { id } = await admin.create(NOWHERE);
    expect(await statusesOf(operator, id)).toEqual([403, 403, 403, 403, 403, 403]);
    const { body } = await operator.send<ProblemDto>('PUT', `/${id}`, {});
    expect(body.code).toBe('llm-config/not-yours');
  });

  it('lets an administrator change everything', async () => {
    const operator = await aClient('operator');
    const { id } = await operator.create(NOWHERE);
    expect(await statusesOf(admin, id)).toEqual([200, 200, 200, 200, 200, 204]);
  });
});
