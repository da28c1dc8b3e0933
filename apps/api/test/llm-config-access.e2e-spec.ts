import { createHash } from 'node:crypto';
import type { ProblemDto, Role } from '@opsagent/contracts';
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

  /** A user of that role, who calls with a token of theirs. */
  const aUser = async (role: Role): Promise<LlmConfigClient> => {
    const token = crypto.randomUUID();
    const [user] = await app.query<{ id: string }>('insert into users (email, role) values ($1, $2) returning id', [
      `${token}@example.org`,
      role,
    ]);
    await app.query('insert into user_tokens (user_id, name, token_hash, last_four) values ($1, $2, $3, $4)', [
      ...[user?.id, 'test', createHash('sha256').update(token).digest(), token.slice(-4)],
    ]);
    return new LlmConfigClient(app, { authorization: `Bearer ${token}` });
  };

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
    const viewer = await aUser('viewer');
    const { id } = await admin.create(NOWHERE);
    expect((await viewer.send('GET', `/${id}`)).status).toBe(200);
    expect((await viewer.send('POST', '', { name: 'x', provider: 'ollama', model_name: 'm' })).status).toBe(403);
    expect(await statusesOf(viewer, id)).toEqual([403, 403, 403, 403, 403, 403]);
  });

  it('lets an operator change what is their own', async () => {
    const operator = await aUser('operator');
    const { id } = await operator.create(NOWHERE);
    expect(await statusesOf(operator, id)).toEqual([200, 200, 200, 200, 200, 204]);
  });

  it('keeps an operator from what is somebody else’s', async () => {
    const operator = await aUser('operator');
    const { id } = await admin.create(NOWHERE);
    expect(await statusesOf(operator, id)).toEqual([403, 403, 403, 403, 403, 403]);
    const { body } = await operator.send<ProblemDto>('PUT', `/${id}`, {});
    expect(body.code).toBe('llm-config/not-yours');
  });

  it('lets an administrator change everything', async () => {
    const operator = await aUser('operator');
    const { id } = await operator.create(NOWHERE);
    expect(await statusesOf(admin, id)).toEqual([200, 200, 200, 200, 200, 204]);
  });
});
