import type { LlmConfigExportDto, ProblemDto, Role } from '@opsagent/contracts';
import { parse } from 'yaml';
import { aUser } from './support/a-user.js';
import { LlmConfigClient } from './support/llm-config-client.js';
import { startTestApp, type TestApp } from './support/test-app.js';

const KEY = 'sk-canary-export-0123456789';
const PASSPHRASE = 'canary correct horse battery';

describe('the export of model configurations', () => {
  let app: TestApp;
  let admin: LlmConfigClient;

  beforeEach(async () => {
    app = await startTestApp();
    admin = new LlmConfigClient(app);
  });

  afterEach(() => app.close());

  const exported = async (body: object = {}, client = admin): Promise<LlmConfigExportDto> =>
    (await client.send<LlmConfigExportDto>('POST', '/export', body)).body;

  const anOperator = async (role: Role = 'operator'): Promise<LlmConfigClient> =>
    new LlmConfigClient(app, (await aUser(app, role)).headers);

  it.each(['json', 'yaml'])('writes every field as %s, other configurations by name, and no key', async (format) => {
    const reserve = await admin.create({ name: 'Reserve', api_key: KEY });
    const values = { temperature: 0.7, description: 'two\nlines: - "quoted"', tags: ['prod'], is_default: false };
    const extra_config = { timeouts: { total_ms: 60_000 }, stop: ['null', '1.0'] };
    await admin.create({ name: '0123', api_key: KEY, ...values, extra_config, fallback_ids: [reserve.id] });
    const file = await exported({ format });
    expect(file).toMatchObject({
      count: 2,
      with_keys: 0,
      filename: expect.stringMatching(/^opsagent-models-.+\.\w+$/),
    });
    const document = (format === 'json' ? JSON.parse(file.content) : parse(file.content)) as Record<string, never>;
    expect(document).toMatchObject({ opsagent: { kind: 'llm-configs', version: 1 } });
    expect(document['items']).toEqual([
      {
        ...{ name: '0123', provider: 'openai', model_name: 'sim-text', base_url: null, max_tokens: null, top_p: null },
        ...{ frequency_penalty: null, presence_penalty: null, is_active: true, is_embedding: false, extra_config },
        ...{ ...values, fallbacks: ['Reserve'], access: { scope: 'all', roles: [], user_ids: [] } },
      },
      expect.objectContaining({ name: 'Reserve', is_default: true, fallbacks: [] }),
    ]);
    expect(admin.answers.join()).not.toContain(KEY);
  });

  it('holds only what was asked for, and refuses what is not there', async () => {
    const { id } = await admin.create({ name: 'one' });
    await admin.create({ name: 'two' });
    expect((await exported({ ids: [id] })).count).toBe(1);
    const { status, body } = await admin.send<ProblemDto>('POST', '/export', { ids: [crypto.randomUUID()] });
    expect([status, body.code]).toEqual([404, 'llm-config/not-found']);
    expect((await exported({ ids: [] })).count).toBe(0);
  });

  it('takes keys along, sealed, of what one may change', async () => {
    const operator = await anOperator();
    await admin.create({ name: 'theirs', api_key: KEY });
    await operator.create({ name: 'own', api_key: KEY });
    const all = await exported({ passphrase: PASSPHRASE, format: 'json' });
    const own = await exported({ passphrase: PASSPHRASE, format: 'json' }, operator);
    const none = await exported({ passphrase: PASSPHRASE }, await anOperator('viewer'));
    expect([all, own, none].map(({ count, with_keys }) => [count, with_keys])).toEqual([
      [2, 2],
      [2, 1],
      [2, 0],
    ]);
    expect(JSON.parse(own.content)).toMatchObject({
      sealing: { kdf: 'scrypt', n: 131_072, r: 8, p: 1, cipher: 'aes-256-gcm' },
      items: [{ name: 'own', api_key_sealed: expect.any(String) }, { name: 'theirs' }],
    });
    const [audited] = await app.query<{ after: unknown }>(
      `select after from audit_log where action = 'llm_config.export' order by seq limit 1`,
    );
    expect(audited?.after).toEqual({ count: 2, with_keys: 2 });
    const told = [...admin.answers, ...operator.answers, ...app.log, all.content].join();
    expect(told).not.toMatch(/canary/);
  });

  it('refuses a passphrase that is easily guessed', async () => {
    const { status, body } = await admin.send<ProblemDto>('POST', '/export', { passphrase: 'short' });
    expect([status, body.errors?.[0]?.field]).toEqual([400, 'passphrase']);
  });
});
