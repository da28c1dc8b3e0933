import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { AuditEntryDto, AuditListDto, AuditVerificationDto } from '@opsagent/contracts';
import { workspaceRoot } from '../src/platform/config/workspace-root.js';
import { aUser } from './support/a-user.js';
import { LlmConfigClient } from './support/llm-config-client.js';
import { startTestApp, type TestApp } from './support/test-app.js';

describe('the audit log', () => {
  let server: TestApp;
  let configs: LlmConfigClient;

  beforeEach(async () => {
    server = await startTestApp();
    configs = new LlmConfigClient(server);
    for (const name of ['one', 'two', 'three']) await configs.create({ name });
  });

  afterEach(() => server.close());

  const call = (path: string, method = 'GET', headers: Record<string, string> = server.admin.headers) =>
    fetch(`${server.url}/api/audit${path}`, { method, headers });
  const list = async (query = ''): Promise<AuditListDto> => (await (await call(query)).json()) as AuditListDto;
  const verify = async (): Promise<AuditVerificationDto> =>
    (await (await call('/verify', 'POST')).json()) as AuditVerificationDto;
  /** As somebody would who has the whole database in hand. */
  const tamper = async (statement: string): Promise<void> => {
    await server.query('alter table audit_log disable trigger user');
    await server.query(statement);
    await server.query('alter table audit_log enable trigger user');
  };

  it('lists who did what, newest first, and finds entries by what they tell', async () => {
    const { items, total } = await list();
    expect(items).toHaveLength(total);
    expect(items[0]).toMatchObject({
      action: 'llm_config.create',
      target_name: 'three',
      actor_name: 'admin@example.org',
    });
    expect(items.map(({ seq }) => Number(seq))).toEqual(Array.from({ length: total }, (_, index) => total - index));
    expect((await list('?search=two')).items.map((entry) => entry.target_name)).toEqual(['two']);
    expect((await list('?action=llm_config&limit=2')).items).toHaveLength(2);
    expect((await list('?action=llm')).total).toBe(0);
    expect((await list('?search=%25')).total).toBe(0);
    expect((await list('?target_type=user&refused=true')).total).toBe(0);
    const entry = (await (await call(`/${items[0]?.seq}`)).json()) as AuditEntryDto;
    expect(entry).toEqual(items[0]);
    for (const none of ['0', '999999', 'x', '9'.repeat(40)]) expect((await call(`/${none}`)).status).toBe(404);
  });

  it('is read by auditors and administrators alone', async () => {
    for (const [role, status] of [
      ['viewer', 403],
      ['operator', 403],
      ['approver', 403],
      ['auditor', 200],
      ['admin', 200],
    ] as const) {
      const { headers } = await aUser(server, role);
      expect((await call('', 'GET', headers)).status).toBe(status);
      expect((await call('/verify', 'POST', headers)).status).toBe(status);
    }
  });

  it('holds one chain, however many changes come at once', async () => {
    await Promise.all(Array.from({ length: 40 }, (_, index) => configs.create({ name: `at once ${index}` })));
    const { total } = await list('?limit=1');
    expect(await verify()).toEqual({
      is_intact: true,
      entries: total,
      unchained: 0,
      flaw: null,
      last_seq: String(total),
    });
  });

  it('refuses to be changed, even by the server itself', async () => {
    for (const statement of [
      `update audit_log set actor_name = 'nobody'`,
      'delete from audit_log',
      'truncate audit_log',
    ])
      await expect(server.query(statement)).rejects.toThrow('entries of the audit log are only added');
  });

  it.each([
    ['an edit', `update audit_log set target_name = 'other' where target_name = 'two'`, 'edited'],
    [
      'an edit inside what changed',
      `update audit_log set after = after || '{"x":1}' where target_name = 'two'`,
      'edited',
    ],
    [
      'an edit of a hash',
      `update audit_log set hash = decode(repeat('ab', 32), 'hex') where target_name = 'two'`,
      'edited',
    ],
    ['a hash taken away', `update audit_log set hash = null where target_name = 'two'`, 'edited'],
    ['a deletion', `delete from audit_log where target_name = 'two'`, 'missing'],
    ['a deletion of the first', `delete from audit_log where seq = 1`, 'missing'],
    ['a deletion of the last', `delete from audit_log where target_name = 'three'`, 'missing'],
    ['a deletion of everything', 'delete from audit_log', 'missing'],
    [
      'a swap',
      `update audit_log a set target_name = b.target_name, target_id = b.target_id, after = b.after from audit_log b
       where a.target_name in ('one', 'two') and b.target_name in ('one', 'two') and a.seq <> b.seq`,
      'edited',
    ],
    [
      'an insertion',
      `insert into audit_log select (jsonb_populate_record(a, jsonb_build_object('seq', a.seq + 1))).* from audit_log a
       where target_name = 'three'`,
      'head',
    ],
    [
      'an insertion between two',
      `update audit_log set seq = -seq where seq >= 3;
       update audit_log set seq = 1 - seq where seq < 0;
       insert into audit_log select (jsonb_populate_record(a, '{"seq": 3}')).* from audit_log a where seq = 2;
       update audit_head set seq = seq + 1`,
      'edited',
    ],
    [
      'an insertion before the first',
      `insert into audit_log select (jsonb_populate_record(a, '{"seq": 0}')).* from audit_log a where seq = 1`,
      'edited',
    ],
    [
      'two that changed places',
      `update audit_log set seq = -seq where target_name in ('one', 'two');
       update audit_log a set seq = -b.seq from audit_log b
        where a.target_name in ('one', 'two') and b.target_name in ('one', 'two') and a.seq < 0 and a.seq <> b.seq and b.seq < 0`,
      'edited',
    ],
    ['a head with another number', 'update audit_head set seq = seq - 1', 'head'],
    ['a head with another hash', `update audit_head set hash = decode(repeat('ab', 32), 'hex')`, 'head'],
    ['a head that nothing vouches for', `update audit_head set mac = decode(repeat('ab', 32), 'hex')`, 'head'],
    ['a head without what vouches for it', 'update audit_head set mac = null', 'head'],
    [
      'a log that begins anew',
      `delete from audit_log;
       update audit_head set seq = 0, hash = decode(repeat('00', 32), 'hex'), mac = null`,
      'head',
    ],
    [
      'an end that was moved back',
      `delete from audit_log where target_name = 'three';
       update audit_head set (seq, hash) = (select seq, hash from audit_log where target_name = 'two')`,
      'head',
    ],
  ])('finds %s, also when the log has gone on', async (_what, statement, flaw) => {
    for (const one of statement.split(';')) await tamper(one);
    expect(await verify()).toMatchObject({ is_intact: false, flaw: { flaw } });
    // Where the next number is taken, nothing more is done at all.
    if (flaw !== 'head') await configs.create({ name: 'later' });
    // The check is itself an entry.
    expect([await verify(), await verify()]).toMatchObject([{ is_intact: false }, { is_intact: false }]);
  });

  it('finds an end that was cut off, however much was added since', async () => {
    await tamper(`delete from audit_log where target_name = 'three'`);
    await tamper(`update audit_head set (seq, hash) = (select seq, hash from audit_log where target_name = 'two')`);
    await configs.create({ name: 'four' });
    await configs.create({ name: 'five' });
    expect(await verify()).toMatchObject({ is_intact: false, flaw: { flaw: 'head' } });
  });

  it('leaves nothing behind of a change that did not come about', async () => {
    const { total } = await list('?limit=1');
    expect(
      (await configs.send('POST', '', { name: 'one', provider: 'openai', model_name: 'm', api_key: 'sk-1' })).status,
    ).toBe(409);
    expect((await list('?limit=1')).total).toBe(total);
    expect((await verify()).is_intact).toBe(true);
  });

  it('is written out whole, and that stands in it', async () => {
    await configs.create({ name: '=1+1, "x"' });
    const csv = await call('/export?action=llm_config');
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(csv.headers.get('content-disposition')).toBe('attachment; filename="opsagent-audit.csv"');
    const lines = (await csv.text()).trimEnd().split('\r\n');
    expect(lines).toHaveLength(5);
    expect(lines[0]).toMatch(/^seq,at,actor_kind,/);
    expect(lines[4]).toContain(`"'=1+1, ""x"""`);
    const json = (await (await call('/export?format=json&search=two')).text()).trimEnd().split('\n');
    expect(json.map((line) => (JSON.parse(line) as AuditEntryDto).target_name)).toEqual(['two']);
    expect((await list('?action=audit.export')).total).toBe(2);
    expect((await verify()).is_intact).toBe(true);
  });

  it('is checked by a command', async () => {
    const token = server.admin.headers.authorization.slice('Bearer '.length);
    const check = () =>
      promisify(execFile)(process.execPath, ['tools/verify-audit.ts', '--url', server.url, '--token', token], {
        cwd: workspaceRoot(),
      });
    expect((await check()).stdout).toMatch(/^\d+ entries up to \d+ are as they were written\n$/);
    await tamper(`delete from audit_log where target_name = 'two'`);
    await expect(check()).rejects.toMatchObject({ code: 1, stdout: expect.stringMatching(/^Entry \d+ is missing\n$/) });
  });
});
