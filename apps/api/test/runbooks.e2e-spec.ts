import type {
  RunbookDto,
  RunbookExportDto,
  RunbookImportDto,
  RunbookListDto,
  RunbookSearchDto,
} from '@opsagent/contracts';
import { ToolRegistry } from '../src/agent/tools/tool-registry.js';
import { aUser } from './support/a-user.js';
import { ConsoleServer } from './support/console.js';
import { aToolContext } from './support/tool-context.js';

const DISK = {
  title: '磁盘空间不足',
  tags: ['磁盘', 'Linux'],
  body: '## 检查\n用 `df -h` 查看各分区。\n\n## 处理\n清理 /var/log 下的旧日志。',
};

describe('runbooks', () => {
  let console: ConsoleServer;

  beforeAll(async () => {
    console = await ConsoleServer.start();
  });

  afterAll(() => console.close());

  beforeEach(() => console.app.query('delete from runbooks'));

  const write = (values: object = {}) => console.call<RunbookDto>('POST', '/api/runbooks', { ...DISK, ...values });
  const list = (query = '') => console.call<RunbookListDto>('GET', `/api/runbooks${query}`);
  const search = (query: string, more = '') =>
    console.call<RunbookSearchDto>('GET', `/api/runbooks/search?query=${encodeURIComponent(query)}${more}`);
  const bringIn = (...files: { name: string; text: string }[]) =>
    console.call<RunbookImportDto>('POST', '/api/runbooks/import', { files }, 200);
  const audited = async (id: string) =>
    (
      await console.app.query<{ action: string }>('select action from audit_log where target_id = $1 order by seq', [
        id,
      ])
    ).map(({ action }) => action);

  it('are written, read, listed and found', async () => {
    const runbook = await write({ tags: [' 磁盘 ', '磁盘', 'Linux', ''] });
    expect(runbook).toMatchObject({ ...DISK, is_active: true, source_name: null, updated_by: expect.any(String) });
    expect(await console.call('GET', `/api/runbooks/${runbook.id}`)).toEqual(runbook);
    const summary = { ...runbook, body: undefined };
    expect(await list('?tag=Linux&is_active=true')).toEqual({ items: [summary], total: 1 });
    expect(await list('?tag=other')).toEqual({ items: [], total: 0 });
    const { items } = await search('磁盘 日志');
    expect(items[0]).toMatchObject({ runbook_id: runbook.id, title: DISK.title, path: ['处理'] });
    expect(items[0]?.snippet).toEqual([
      { text: '清理 /var/log 下的旧', is_match: false },
      { text: '日志', is_match: true },
      { text: '。', is_match: false },
    ]);
  });

  it('are found as they are now: after a change, a deletion and its undoing', async () => {
    const { id } = await write();
    await console.call('PATCH', `/api/runbooks/${id}`, { title: '证书过期', tags: [], body: '续期' }, 200);
    expect((await search('磁盘')).items).toEqual([]);
    expect((await search('证书')).total).toBe(1);
    await console.call('DELETE', `/api/runbooks/${id}`, undefined, 204);
    expect((await search('证书')).items).toEqual([]);
    expect((await list()).total).toBe(0);
    await console.call('GET', `/api/runbooks/${id}`, undefined, 404);
    await console.call('POST', `/api/runbooks/${id}/restore`, {}, 200);
    expect((await search('证书')).total).toBe(1);
    await console.call('POST', `/api/runbooks/${id}/restore`, {}, 404);
    const deeds = ['create', 'update', 'delete', 'restore'].map((deed) => `runbook.${deed}`);
    expect(await audited(id)).toEqual(deeds);
  });

  it('refuses a change of what was changed meanwhile', async () => {
    const { id, updated_at } = await write();
    const changed = await console.call<RunbookDto>('PATCH', `/api/runbooks/${id}`, { title: 'b' }, 200);
    const headers = { 'if-match': `"${updated_at}"` };
    const refused = await console.fetch('PATCH', `/api/runbooks/${id}`, { title: 'c' }, { headers });
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({ code: 'runbook/changed', current: changed });
    const again = { 'if-match': `"${changed.updated_at}"` };
    expect((await console.fetch('PATCH', `/api/runbooks/${id}`, { title: 'c' }, { headers: again })).status).toBe(200);
  });

  it('lets one of those win who change it at the same time', async () => {
    const { id, updated_at } = await write();
    const headers = { 'if-match': `"${updated_at}"` };
    const answers = await Promise.all(
      ['a', 'b', 'c', 'd'].map((title) => console.fetch('PATCH', `/api/runbooks/${id}`, { title }, { headers })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
  });

  it.each([
    [{ title: ' ' }, 'title'],
    [{ title: 'x'.repeat(201) }, 'title'],
    [{ body: 'x'.repeat(100_001) }, 'body'],
    [{ body: 'a\u0000b' }, 'body'],
    [{ tags: ['x'.repeat(41)] }, 'tags'],
    [{ tags: Array.from({ length: 21 }, (_, at) => `${at}`) }, 'tags'],
    [{ source_name: 'mine.md' }, 'source_name'],
  ])('refuses %.60j', async (values, field) => {
    const response = await console.fetch('POST', '/api/runbooks', { ...DISK, ...values });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: [{ field }] });
  });

  it('come from files, and the same file changes the same one', async () => {
    const file = { name: 'disk.md', text: '---\ntitle: 磁盘\ntags: [linux]\n---\n## 检查\ndf -h\n' };
    const bad = { name: 'bad.md', text: '---\ntitle: [\n---\nx' };
    const first = await bringIn(file, bad, file, { name: 'b.md', text: '# B\ntext' });
    expect(first.items.map(({ outcome, title }) => [outcome, title])).toEqual([
      ...[
        ['created', '磁盘'],
        ['failed', null],
        ['failed', null],
      ],
      ['created', 'B'],
    ]);
    expect(first.items[1]).toMatchObject({ fault: 'front_matter', message: expect.stringContaining('no YAML') });
    expect(first.items[2]).toMatchObject({ fault: 'duplicate' });
    const id = first.items[0]?.id ?? '';
    expect((await bringIn(file)).items).toMatchObject([{ outcome: 'unchanged', id }]);
    const changed = { ...file, text: file.text.replace('df -h', 'du -sh') };
    expect((await bringIn(changed)).items).toMatchObject([{ outcome: 'updated', id }]);
    expect((await search('du')).items).toMatchObject([{ runbook_id: id, path: ['检查'] }]);
    expect((await list()).total).toBe(2);
  });

  it('are imported once by those who import at the same time', async () => {
    const file = { name: 'disk.md', text: 'df -h' };
    const imports = await Promise.all([bringIn(file), bringIn(file), bringIn(file)]);
    expect(imports.flatMap(({ items }) => items.map(({ outcome }) => outcome)).sort()).toEqual([
      ...['created', 'unchanged', 'unchanged'],
    ]);
  });

  it('is not restored beside a newer one from the same file', async () => {
    const old = (await bringIn({ name: 'disk.md', text: 'df -h' })).items[0]?.id ?? '';
    await console.call('DELETE', `/api/runbooks/${old}`, undefined, 204);
    await bringIn({ name: 'disk.md', text: 'du' });
    const refused = await console.call<{ code: string }>('POST', `/api/runbooks/${old}/restore`, {}, 409);
    expect(refused.code).toBe('runbook/imported-again');
  });

  it('go out as files that bring the same in again', async () => {
    await write();
    await bringIn({ name: 'b.md', text: '# B\ntext' });
    const { files, total } = await console.call<RunbookExportDto>('GET', '/api/runbooks/export');
    expect(total).toBe(2);
    await console.app.query('delete from runbooks');
    await bringIn(...files);
    const { items } = await list('?sort=title');
    expect(items.map(({ title, tags }) => ({ title, tags }))).toEqual([
      { title: 'B', tags: [] },
      { title: DISK.title, tags: DISK.tags },
    ]);
    const one = await console.call<RunbookExportDto>('GET', `/api/runbooks/export?id=${items[0]?.id}`);
    expect(one.files.map(({ name }) => name)).toEqual(['b.md']);
  });

  it('are read by everybody, and written by operators', async () => {
    const { id } = await write();
    const [viewer, operator] = [await aUser(console.app, 'viewer'), await aUser(console.app, 'operator')];
    const statusOf = async (method: string, path: string, { headers }: { headers: Record<string, string> }) =>
      (await console.fetch(method, path, method === 'GET' ? undefined : { title: 'x', body: 'y' }, { headers })).status;
    expect(await statusOf('GET', `/api/runbooks/${id}`, viewer)).toBe(200);
    expect(await statusOf('PATCH', `/api/runbooks/${id}`, viewer)).toBe(403);
    expect(await statusOf('POST', '/api/runbooks', viewer)).toBe(403);
    expect(await statusOf('PATCH', `/api/runbooks/${id}`, operator)).toBe(200);
  });

  describe('for the agent', () => {
    const ask = (input: object) => {
      const tool = console.app.app.get(ToolRegistry).find('runbook_search');
      if (!tool) throw new Error('There is no runbook_search.');
      return tool.run(input, aToolContext());
    };

    it('are found by section', async () => {
      const { id, updated_at } = await write();
      expect(await ask({ query: '磁盘满了 日志' })).toMatchObject({
        ...{ status: 'ok', query: '磁盘满了 日志' },
        sections: [
          { runbook: id, title: DISK.title, path: '处理', text: '清理 /var/log 下的旧日志。', updated: updated_at },
          { runbook: id, path: '检查' },
        ],
      });
      expect(await ask({ query: '磁盘', limit: 1 })).toMatchObject({ sections: [{ path: '检查' }] });
    });

    it('are read whole', async () => {
      const { id } = await write();
      expect(await ask({ query: id })).toMatchObject({ status: 'ok', title: DISK.title, text: DISK.body });
      await console.call('PATCH', `/api/runbooks/${id}`, { is_active: false }, 200);
      expect(await ask({ query: id })).toMatchObject({ status: 'no_data' });
      expect(await ask({ query: '磁盘' })).toMatchObject({ status: 'no_data' });
      expect((await search('磁盘', '&with_inactive=true')).total).toBe(2);
      expect(await ask({ query: crypto.randomUUID() })).toMatchObject({ status: 'no_data' });
    });

    it('say what is missing', async () => {
      expect(await ask({ query: ' ' })).toMatchObject({ status: 'error', message: expect.stringContaining('query') });
      expect(await ask({ query: 'a', limit: 99 })).toMatchObject({ status: 'error' });
      expect(await ask({ query: '没有这种事' })).toMatchObject({ status: 'no_data', query: '没有这种事' });
    });
  });
});
