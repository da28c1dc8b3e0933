import type {
  DeletedLlmConfigListDto,
  JobDto,
  LlmConfigDto,
  LlmConfigExportDto,
  LlmConfigImpactDto,
  LlmConfigRevisionListDto,
  OverviewDto,
  ProblemDto,
} from '@opsagent/contracts';
import { aUser } from './support/a-user.js';
import { eventually } from './support/eventually.js';
import { LlmConfigClient } from './support/llm-config-client.js';
import { startTestApp, type TestApp } from './support/test-app.js';
import { TransferClient } from './support/transfer-client.js';

/** A test of it ends at our own rules: nothing leaves the machine. */
const NOWHERE = { base_url: 'http://127.0.0.1:9/v1' };
const READERS = ['viewer', 'auditor', 'operator', 'approver', 'named', 'owner', 'admin'] as const;
type Reader = (typeof READERS)[number];
const EVERYBODY: readonly Reader[] = READERS;

describe('a model configuration that not everybody may use', () => {
  let app: TestApp;
  let admin: LlmConfigClient;
  let namedId: string;
  const headers = {} as Record<Reader, Record<string, string>>;
  const clients = {} as Record<Reader, LlmConfigClient>;
  /** By what they are called here; the owner made them. */
  const configs = {} as Record<'open' | 'forRoles' | 'forOne' | 'forNobody', LlmConfigDto>;

  beforeAll(async () => {
    app = await startTestApp();
    admin = new LlmConfigClient(app);
    await admin.create({ ...NOWHERE, name: 'the default' });
    for (const role of ['viewer', 'auditor', 'operator', 'approver'] as const)
      headers[role] = (await aUser(app, role)).headers;
    const [owner, named] = [await aUser(app, 'operator'), await aUser(app, 'viewer')];
    Object.assign(headers, { owner: owner.headers, named: named.headers, admin: app.admin.headers });
    namedId = named.id;
    for (const reader of READERS) clients[reader] = new LlmConfigClient(app, headers[reader]);
    const create = (name: string, access?: object) =>
      clients.owner.create({ ...NOWHERE, name, ...(access ? { access } : {}) });
    configs.open = await create('open');
    configs.forRoles = await create('for roles', { scope: 'roles', roles: ['approver', 'auditor'] });
    configs.forOne = await create('for one', { scope: 'users', user_ids: [namedId.toUpperCase()] });
    configs.forNobody = await create('for nobody', { scope: 'users' });
  });

  afterAll(() => app.close());

  const users: Record<keyof typeof configs, readonly Reader[]> = {
    open: EVERYBODY,
    forRoles: ['auditor', 'approver', 'owner', 'admin'],
    forOne: ['named', 'owner', 'admin'],
    forNobody: ['owner', 'admin'],
  };
  const KEYS = Object.keys(users) as (keyof typeof configs)[];
  const namesFor = (reader: Reader): string[] =>
    ['the default', ...KEYS.filter((key) => users[key].includes(reader)).map((key) => configs[key].name)].sort();

  const call = async <T>(
    reader: Reader,
    method: string,
    path: string,
    body?: object,
  ): Promise<{ status: number; body: T }> => {
    const response = await fetch(app.url + path, {
      method,
      headers: { ...headers[reader], ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    return { status: response.status, body: (text ? JSON.parse(text) : undefined) as T };
  };

  describe.each(READERS)('to the %s', (reader) => {
    it('is in lists, and in their totals, only where they may use it', async () => {
      for (const path of ['?sort=name', '/?sort=name', '/active', '?include=details&sort=name']) {
        const { body } = await clients[reader].send<LlmConfigDto[]>('GET', path);
        expect([path, body.map(({ name }) => name).sort()]).toEqual([path, namesFor(reader)]);
      }
      const { body, headers } = await clients[reader].send<LlmConfigDto[]>('GET', '?limit=1&search=f');
      expect(body).toHaveLength(1);
      expect(Number(headers.get('x-total-count'))).toBe(namesFor(reader).filter((name) => name.includes('f')).length);
    });

    it('is found by a filter', async () => {
      const names = async (flag: boolean) =>
        (await clients[reader].send<LlmConfigDto[]>('GET', `?restricted=${flag}`)).body.map(({ name }) => name).sort();
      expect(await names(true)).toEqual(namesFor(reader).filter((name) => name.startsWith('for ')));
      expect(await names(false)).toEqual(['open', 'the default']);
    });

    it('does not exist where they may not use it', async () => {
      for (const key of KEYS) {
        const status = users[key].includes(reader) ? 200 : 404;
        const { id } = configs[key];
        for (const path of [`/${id}`, `/${id}?include=details`, `/${id}/impact`, `/${id}/revisions`, `/${id}/tests`])
          expect([path, (await clients[reader].send('GET', path)).status]).toEqual([path, status]);
      }
    });

    it('is exported only where they may use it', async () => {
      const all = await clients[reader].send<LlmConfigExportDto>('POST', '/export', { format: 'json' });
      const { items } = JSON.parse(all.body.content) as { items: { name: string }[] };
      expect(items.map(({ name }) => name).sort()).toEqual(namesFor(reader));
      for (const key of KEYS) {
        const { status } = await clients[reader].send('POST', '/export', { ids: [configs[key].id] });
        expect([key, status]).toEqual([key, users[key].includes(reader) ? 200 : 404]);
      }
    });

    it('stands in the overview only where they may use it', async () => {
      const { body } = await call<OverviewDto>(reader, 'GET', '/api/overview');
      expect(body.health.map(({ name }) => name).sort()).toEqual(namesFor(reader));
    });
  });

  describe.each(['operator', 'approver'] as const)('cannot be touched by the %s', (reader) => {
    it('but is refused as what it is to them: somebody else’s, or nothing', async () => {
      for (const key of KEYS) {
        const { id } = configs[key];
        const changes: [string, string, object?][] = [
          ['PUT', `/${id}`, { description: 'mine' }],
          ['PUT', `/${id}`, { access: { scope: 'all' } }],
          ['POST', `/${id}/toggle-status`],
          ['POST', `/${id}/set-default`],
          ['POST', `/${id}/test`, {}],
          ['POST', `/${id}/test/stream`, {}],
          ['POST', `/${id}/duplicate`, {}],
          ['DELETE', `/${id}?force=true`],
        ];
        const refused = users[key].includes(reader) ? [403, 'llm-config/not-yours'] : [404, 'llm-config/not-found'];
        for (const [method, path, body] of changes) {
          const answer = await clients[reader].send<ProblemDto>(method, path, body);
          expect([method, path, answer.status, answer.body.code]).toEqual([method, path, ...refused]);
        }
      }
    });

    it('nor reached by what names it', async () => {
      const { id } = configs.forNobody;
      const values = { ...NOWHERE, name: 'x', provider: 'openai', model_name: 'm', llm_config_id: id };
      expect((await clients[reader].send('POST', '/test', values)).status).toBe(404);
      expect((await call(reader, 'POST', '/api/providers/openai/models', { llm_config_id: id })).status).toBe(404);
      const template = { name: `of ${reader}`, llm_config_id: id };
      expect((await call(reader, 'POST', '/api/llm-config-templates', template)).status).toBe(404);
      const chained = { provider: 'openai', model_name: 'm', api_key: 'k', name: `by ${reader}`, fallback_ids: [id] };
      expect((await clients[reader].send('POST', '', chained)).status).toBe(400);
      const unknown = crypto.randomUUID();
      for (const [named, expected] of [
        [id, id],
        [unknown, unknown],
      ] as const) {
        const { status, body } = await call<ProblemDto>(reader, 'POST', '/api/sessions', { llm_config_id: named });
        expect([status, body.detail]).toEqual([400, `There is no model configuration "${expected}".`]);
      }
    });

    it('and stays nameless in a job', async () => {
      const { id } = configs.forNobody;
      const { body: job } = await clients[reader].send<JobDto>('POST', '/bulk', { action: 'disable', ids: [id] });
      await eventually(
        async () => (await call<JobDto>(reader, 'GET', `/api/jobs/${job.id}`)).body.state === 'finished',
      );
      const { body } = await call<JobDto>(reader, 'GET', `/api/jobs/${job.id}`);
      expect(body.items).toMatchObject([{ name: id, state: 'failed', code: 'llm-config/not-found' }]);
      expect((await admin.get(id)).is_active).toBe(true);
    });
  });

  it('tells its users by name to those only who may change it', async () => {
    const access = { scope: 'users', roles: [], user_ids: [namedId] };
    const path = `/${configs.forOne.id}?include=details`;
    const [email] = await app.query<{ email: string }>('select email from users where id = $1', [namedId]);
    const details = async (reader: Reader) => (await clients[reader].send('GET', path)).body.details;
    expect(await details('owner')).toMatchObject({ access, access_emails: [email?.email] });
    expect(await details('named')).toMatchObject({ access, access_emails: [] });
  });

  it('is not named as a user of another one to who may not use it', async () => {
    const target = await clients.owner.create(NOWHERE);
    const hidden = await clients.owner.create({ ...NOWHERE, access: { scope: 'users' }, fallback_ids: [target.id] });
    const examples = async (reader: Reader) =>
      (await clients[reader].send<LlmConfigImpactDto>('GET', `/${target.id}/impact`)).body.used_by;
    expect(await examples('owner')).toMatchObject([{ count: 1, examples: [hidden.name] }]);
    expect(await examples('viewer')).toMatchObject([{ count: 1, examples: [] }]);
    for (const { id } of [hidden, target]) await clients.owner.send('DELETE', `/${id}`);
  });

  it('stays hidden when it is deleted, and comes back to the same users', async () => {
    const access = { scope: 'roles', roles: ['approver'] };
    const { id } = await clients.owner.create({ ...NOWHERE, access });
    await clients.owner.send('DELETE', `/${id}`);
    const deletedFor = async (reader: Reader) =>
      (await clients[reader].send<DeletedLlmConfigListDto>('GET', '/deleted')).body.items.some(
        (item) => item.id === id,
      );
    expect([await deletedFor('approver'), await deletedFor('owner'), await deletedFor('operator')]).toEqual([
      true,
      true,
      false,
    ]);
    expect((await clients.operator.send('GET', `/${id}/revisions`)).status).toBe(404);
    expect((await clients.operator.send('POST', `/${id}/restore`)).status).toBe(404);
    expect((await clients.approver.send('POST', `/${id}/restore`)).status).toBe(403);
    expect((await clients.owner.send('POST', `/${id}/restore`)).status).toBe(200);
    const { body } = await clients.owner.send('GET', `/${id}?include=details`);
    expect(body.details?.access).toEqual({ ...access, user_ids: [] });
    await clients.owner.send('DELETE', `/${id}`);
  });
});

describe('saying who may use a configuration', () => {
  let app: TestApp;
  let admin: TransferClient;

  beforeAll(async () => {
    app = await startTestApp();
    admin = new TransferClient(app);
    await admin.create({ name: 'the default' });
  });

  afterAll(() => app.close());

  const accessOf = async (id: string) => (await admin.send('GET', `/${id}?include=details`)).body.details?.access;
  const problemOf = async (method: string, path: string, body?: object) => {
    const { status, body: problem } = await admin.send<ProblemDto>(method, path, body);
    return [status, problem.code, problem.errors?.[0]?.field];
  };

  it('takes users by id or e-mail, keeps what counts, and leaves it when it is not said again', async () => {
    const [one, two] = [await aUser(app, 'viewer'), await aUser(app, 'viewer')];
    const [{ email = '' } = {}] = await app.query<{ email: string }>('select email from users where id = $1', [two.id]);
    const { id } = await admin.create({
      access: { scope: 'users', user_ids: [one.id, one.id], user_emails: [email.toUpperCase()], roles: ['viewer'] },
    });
    const kept = { scope: 'users', roles: [], user_ids: [one.id, two.id].sort() };
    expect(await accessOf(id)).toEqual(kept);
    await admin.send('PUT', `/${id}`, { description: 'other' });
    expect(await accessOf(id)).toEqual(kept);
    await admin.send('PUT', `/${id}`, { access: { scope: 'roles', roles: ['viewer', 'operator'] } });
    expect(await accessOf(id)).toEqual({ scope: 'roles', roles: ['operator', 'viewer'], user_ids: [] });
    await admin.send('PUT', `/${id}`, { access: { scope: 'all' } });
    expect(await accessOf(id)).toEqual({ scope: 'all', roles: [], user_ids: [] });
  });

  it.each<[object, string]>([
    [{ scope: 'users', user_ids: [crypto.randomUUID()] }, 'access.user_ids'],
    [{ scope: 'users', user_emails: ['nobody@example.org'] }, 'access.user_emails'],
    [{ scope: 'users', user_ids: ['x'] }, 'access.user_ids'],
    [{ scope: 'roles', roles: ['owner'] }, 'access.roles'],
    [{ scope: 'some' }, 'access.scope'],
    [{ scope: 'all', more: true }, 'access.more'],
  ])('refuses %j', async (access, field) => {
    expect(await problemOf('POST', '', { name: 'x', provider: 'ollama', model_name: 'm', access })).toEqual([
      400,
      'input/invalid',
      field,
    ]);
  });

  it('never leaves a default that somebody may not use', async () => {
    const access = { scope: 'roles', roles: ['operator'] };
    const limited = await admin.create({ access });
    expect(await problemOf('POST', `/${limited.id}/set-default`)).toEqual([400, 'llm-config/not-usable', undefined]);
    expect(await problemOf('PUT', `/${limited.id}`, { is_default: true })).toEqual([400, 'input/invalid', 'access']);
    const { body } = await admin.send('GET', '/default');
    expect(await problemOf('PUT', `/${body.id}`, { access })).toEqual([400, 'input/invalid', 'access']);
    expect(await accessOf(body.id)).toMatchObject({ scope: 'all' });
  });

  it('is in the history and in the audit log, and a roll-back leaves it', async () => {
    const { id } = await admin.create({ description: 'first' });
    await admin.send('PUT', `/${id}`, { description: 'second', access: { scope: 'roles', roles: ['viewer'] } });
    const { body } = await admin.send<LlmConfigRevisionListDto>('GET', `/${id}/revisions`);
    const [latest, first] = body.items;
    const after = { scope: 'roles', roles: ['viewer'], user_ids: [] };
    expect(latest?.changes).toContainEqual({ field: 'access', before: null, after });
    expect(first?.changes.map(({ field }) => field)).not.toContain('access');
    const [entry] = await app.query<{ before: object; after: object }>(
      `select before, after from audit_log where target_id = $1 and action = 'llm_config.update'`,
      [id],
    );
    expect(entry).toMatchObject({ before: { access: { scope: 'all' } }, after: { access: after } });
    await admin.send('POST', `/${id}/revisions/${first?.id}/restore`);
    const { body: back } = await admin.send('GET', `/${id}?include=details`);
    expect([back.description, back.details?.access]).toEqual(['first', after]);
  });

  it('goes along with a copy and with a file, without users who are none there', async () => {
    const user = await aUser(app, 'viewer');
    const access = { scope: 'users', roles: [], user_ids: [user.id] };
    const { id, name } = await admin.create({ access });
    const { body: copy } = await admin.send('POST', `/${id}/duplicate`, {});
    expect(await accessOf(copy.id)).toEqual(access);
    const { body: file } = await admin.send<LlmConfigExportDto>('POST', '/export', { ids: [id], format: 'json' });
    const stranger = crypto.randomUUID();
    const content = file.content.replace(`"${user.id}"`, `"${user.id}", "${stranger}"`).replace(name, 'from a file');
    const { items } = await admin.plan(content);
    expect(items[0]?.reasons.join()).toContain(stranger);
    expect((await admin.import(content)).status).toBe(200);
    const { body } = await admin.send<LlmConfigDto[]>('GET', '?search=from%20a%20file');
    expect(await accessOf(body[0]?.id ?? '')).toEqual(access);
  });

  it('tells an importer of a hidden one no more than that its name is taken', async () => {
    const hidden = await admin.create({ name: 'hidden', description: 'secret', access: { scope: 'users' } });
    await admin.create({ name: 'hidden too', access: { scope: 'users' } });
    const operator = new TransferClient(app, (await aUser(app, 'operator')).headers);
    const item = { name: 'hidden', provider: 'openai', model_name: 'other', fallbacks: [] };
    const content = {
      opsagent: { kind: 'llm-configs', version: 1 },
      items: [item, { ...item, name: 'mine', fallbacks: ['hidden too'] }],
    };
    const plan = await operator.plan(content);
    expect(plan.items).toMatchObject([{ action: 'conflict', existing_id: null }, { action: 'new' }]);
    expect(JSON.stringify(plan)).not.toMatch(new RegExp(`${hidden.id}|secret`));
    expect(plan.items[1]?.reasons.join()).toContain('left out of its fallbacks: hidden too');
    const overwrite = await operator.import(content, { decisions: [{ index: 0, choice: 'overwrite' }] });
    expect(overwrite.status).toBe(400);
  });
});
