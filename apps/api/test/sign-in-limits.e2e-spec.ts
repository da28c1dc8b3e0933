import type { ProblemDto } from '@opsagent/contracts';
import { ADMIN, startTestApp, type TestApp } from './support/test-app.js';
import { createTestDatabase, type TestDatabase } from './support/test-database.js';

describe('guessing passwords', () => {
  let database: TestDatabase;
  let here: TestApp;
  let there: TestApp;
  const running: TestApp[] = [];

  beforeEach(async () => {
    database = await createTestDatabase();
    here = await start();
    there = await start();
  });

  afterEach(async () => {
    await endAll();
    await database.drop();
  });

  const start = async (): Promise<TestApp> => {
    const app = await startTestApp({ OPSAGENT_TRUST_PROXY: '1' }, database);
    running.push(app);
    return app;
  };
  const endAll = async (): Promise<void> => {
    for (const app of running.splice(0)) await app.close();
  };
  const login = (server: TestApp, email: string, password: string, address = '192.0.2.1') =>
    fetch(`${server.url}/api/auth/login`, {
      method: 'POST',
      body: JSON.stringify({ email, password }),
      headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
    });
  const guess = async (times: number, email: string, address?: string): Promise<number[]> => {
    const answers = Array.from({ length: times }, (_, at) =>
      login(at % 2 ? here : there, email, `wrong ${at}`, address),
    );
    return (await Promise.all(answers)).map(({ status }) => status);
  };
  const count = (statuses: number[], status: number): number => statuses.filter((one) => one === status).length;

  it('is refused after ten attempts from one address, on every process, and the right one too', async () => {
    const statuses = await guess(14, ADMIN.email);
    expect([count(statuses, 401), count(statuses, 429)]).toEqual([10, 4]);
    const refused = await login(there, ADMIN.email.toUpperCase(), ADMIN.password);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(800);
    expect(((await refused.json()) as ProblemDto).code).toBe('identity/too-many-sign-ins');
    expect((await login(here, ADMIN.email, ADMIN.password, '192.0.2.2')).status).toBe(200);
  });

  it('is refused for an account that does not exist just the same', async () => {
    const statuses = await guess(12, 'nobody@example.org');
    expect([count(statuses, 401), count(statuses, 429)]).toEqual([10, 2]);
  });

  it('counts from nothing after a right one', async () => {
    for (let round = 0; round < 2; round += 1) {
      expect(count(await guess(9, ADMIN.email), 401)).toBe(9);
      expect((await login(here, ADMIN.email, ADMIN.password)).status).toBe(200);
    }
  });

  it('is refused for one account however many addresses ask', async () => {
    const statuses = await Promise.all(
      Array.from({ length: 6 }, (_, at) => guess(10, ADMIN.email, `198.51.100.${at}`)),
    );
    expect([count(statuses.flat(), 401), count(statuses.flat(), 429)]).toEqual([50, 10]);
  });

  it('is written down once a minute for each address, with how many there were', async () => {
    await guess(12, ADMIN.email);
    await endAll();
    const reader = await start();
    const entries = await reader.query<{ after: { attempts: number; accounts: string[]; address: string } | null }>(
      `select after from audit_log where action = 'auth.sign_in' and refused order by seq`,
    );
    const gathered = entries.flatMap(({ after }) => (after === null ? [] : [after]));
    // The first at each process at once; what was not even tried is not in it.
    expect(entries.length - gathered.length).toBe(2);
    expect(gathered.reduce((sum, { attempts }) => sum + attempts, 0)).toBe(8);
    for (const { accounts, address } of gathered) expect([accounts, address]).toEqual([[ADMIN.email], '192.0.2.1']);
  });
});
