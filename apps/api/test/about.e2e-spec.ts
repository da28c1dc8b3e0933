import type { AboutDto, AuditListDto, DiagnosticsDto, LicenceListDto } from '@opsagent/contracts';
import { aUser } from './support/a-user.js';
import { LlmConfigClient } from './support/llm-config-client.js';
import { startTestApp, type TestApp } from './support/test-app.js';

const MASTER_KEY = 'ab'.repeat(32);
const SECRETS = [
  MASTER_KEY,
  'a-client-secret',
  'issuer.example.org',
  '/srv/catalogue.json',
  'sk-planted-key',
  'Said in a session',
];

describe('what the server tells of itself', () => {
  let server: TestApp;

  beforeEach(async () => {
    server = await startTestApp({
      OPSAGENT_MASTER_KEY: MASTER_KEY,
      OPSAGENT_ENVIRONMENT: 'staging',
      OPSAGENT_OIDC_CLIENT_SECRET: 'a-client-secret',
      OPSAGENT_MODEL_CATALOGUE: '/srv/catalogue.json',
    });
  });

  afterEach(() => server.close());

  const ask = (path: string, method = 'GET', headers: Record<string, string> = server.admin.headers) =>
    fetch(`${server.url}/api/about${path}`, { method, headers });
  const diagnose = async (): Promise<DiagnosticsDto> =>
    (await (await ask('/diagnostics', 'POST')).json()) as DiagnosticsDto;

  it('is what runs, on what and how, for everybody who is signed in', async () => {
    const viewer = await aUser(server, 'viewer');
    const about = (await (await ask('', 'GET', viewer.headers)).json()) as AboutDto;
    const [{ server_version: version } = { server_version: '' }] = await server.query<{ server_version: string }>(
      'show server_version',
    );
    const [roles] = await server.query<{ named: number }>(
      `select count(*)::int as named from pg_roles, pg_database
        where rolname = 'opsagent_server_' || pg_database.oid and datname = current_database()`,
    );
    expect(about).toMatchObject({
      version: '0.1.0',
      node_version: process.versions.node,
      database_role: roles?.named === 1 ? 'separate' : 'owner',
      master_key_kept_in: 'environment',
      environment: 'staging',
    });
    expect(version.startsWith(about.postgres_version)).toBe(true);
    expect(Date.parse(about.started_at)).toBeLessThan(Date.now());
    expect((await ask('', 'GET', {})).status).toBe(401);
  });

  it('are the packages it contains, each once with its licence', async () => {
    const { items, total } = (await (await ask('/licences')).json()) as LicenceListDto;
    expect(items).toHaveLength(total);
    expect(items.find(({ name }) => name === '@nestjs/common')).toMatchObject({ licence: 'MIT' });
    expect(items.find(({ name }) => name === '@angular/core')).toMatchObject({ licence: 'MIT' });
    expect(new Set(items.map(({ name, version }) => `${name} ${version}`)).size).toBe(total);
    expect(items.every(({ name, licence }) => !/^-+$/.test(name) && licence !== 'licence')).toBe(true);
  });

  it('is gathered for administrators alone, and that stands in the audit log', async () => {
    for (const role of ['viewer', 'operator', 'approver', 'auditor'] as const) {
      const { headers } = await aUser(server, role);
      expect((await ask('/diagnostics', 'POST', headers)).status).toBe(403);
    }
    expect((await ask('/diagnostics', 'POST')).status).toBe(200);
    const log = await fetch(`${server.url}/api/audit?action=diagnostics`, { headers: server.admin.headers });
    const { items } = (await log.json()) as AuditListDto;
    expect(items).toEqual([expect.objectContaining({ action: 'diagnostics.export', actor_name: 'admin@example.org' })]);
  });

  it('counts rows and failures, and gives away no secret, path or word of anybody', async () => {
    const configs = new LlmConfigClient(server);
    const { id } = await configs.create({ name: 'one', api_key: 'sk-planted-key' });
    await aFailedAnswer(server, id);
    const diagnostics = await diagnose();
    expect(diagnostics.rows).toMatchObject({ llm_configs: 1, messages: 1, users: 1 });
    expect(diagnostics.failures).toEqual({ timeout: 1 });
    expect(diagnostics.settings).toMatchObject({
      OPSAGENT_AUTH: 'on',
      OPSAGENT_MASTER_KEY: 'set',
      OPSAGENT_OIDC_CLIENT_SECRET: 'set',
      OPSAGENT_MASTER_KEY_PREVIOUS: null,
    });
    expect(diagnostics.settings).not.toHaveProperty('OPSAGENT_ADMIN_PASSWORD');
    const text = JSON.stringify(diagnostics);
    for (const secret of SECRETS) expect(text).not.toContain(secret);
  });
});

async function aFailedAnswer(server: TestApp, configId: string): Promise<void> {
  await server.query(
    `with session as (
       insert into user_sessions (id, channel, name) values (gen_random_uuid(), 'console', 'Said in a session') returning id
     )
     insert into messages (id, session_id, run_id, query, status, error_kind, llm_config_id, model_name)
     select gen_random_uuid(), id, gen_random_uuid(), 'Said in a session', 'failed', 'timeout', $1, 'm' from session`,
    [configId],
  );
}
