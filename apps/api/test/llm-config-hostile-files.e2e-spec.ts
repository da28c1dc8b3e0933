import { jest } from '@jest/globals';
import type { ImportPlanDto, ProblemDto } from '@opsagent/contracts';
import { startTestApp, type TestApp } from './support/test-app.js';
import { TransferClient } from './support/transfer-client.js';

jest.setTimeout(60_000);

const HEAD = 'opsagent: {kind: llm-configs, version: 1}\n';
const ITEM = '{name: a, provider: ollama, model_name: m}';
const CANARY = 'sk-canary-hostile-0123456789';

/** Each level names the one before it nine times. */
const LAUGHS = Array.from({ length: 9 }, (_, level) => {
  const before = level === 0 ? 'ha' : `*l${level - 1}`;
  return `l${level}: &l${level} [${Array.from({ length: 9 }, () => before).join(', ')}]`;
}).join('\n');

describe('a file that is broken or means harm', () => {
  let app: TestApp;
  let admin: TransferClient;

  beforeAll(async () => {
    app = await startTestApp();
    admin = new TransferClient(app);
  });

  afterAll(() => app.close());

  it.each<[string, string, number | undefined]>([
    ['broken JSON', `{"items": [\n{"name": "${CANARY}"\n"x": 1}]}`, 3],
    ['a key named twice in JSON', '{"opsagent": {},\n"opsagent": {}}', 2],
    ['a key named twice in YAML', `${HEAD}items: []\nitems: []`, 3],
    ['a tab', `${HEAD}items:\n\t- ${ITEM}`, 3],
    ['a tag of its own', `${HEAD}items: !!js/function '${CANARY}'`, 2],
    ['a quote that does not end', `${HEAD}items: "${CANARY}`, 2],
    ['an anchor that is not there', `${HEAD}items: *canary`, 2],
    ['a cycle', `${HEAD}items: &all [*all]`, 2],
    ['two documents', `${HEAD}items: []\n---\nitems: []`, 3],
    ['a billion laughs', `${HEAD}${LAUGHS}`, undefined],
    ['depth in JSON', '['.repeat(500_000), 1],
    ['depth in YAML', `a: ${'['.repeat(20_000)}`, 1],
    ['a prototype in JSON', '{"items": [],\n"__proto__": {"x": 1}}', 2],
    ['a prototype in YAML', `${HEAD}items: []\nconstructor: {x: 1}`, undefined],
    ['no number', `${HEAD}items: [.nan]`, undefined],
    ['something else', 'name: x', undefined],
    ['words', 'hello', undefined],
    ['blanks', ' \n ', undefined],
    ['another kind', 'opsagent: {kind: sessions, version: 1}\nitems: []', undefined],
    ['a later version', 'opsagent: {kind: llm-configs, version: 2}\nitems: []', undefined],
    ['an unknown part', `${HEAD}items: [${ITEM}]\nextras: []`, undefined],
    ['no items', `${HEAD}items: []`, undefined],
    ['too many items', `[${'{},'.repeat(10_000)}{}]`, undefined],
  ])('is refused with its line, and nothing is changed: %s', async (_what, content, line) => {
    const { status, body, text } = await admin.send<ProblemDto & { line?: number }>('POST', '/import', { content });
    expect([status, body.code, body.line]).toEqual([400, 'llm-config/import-unreadable', line]);
    expect(text).not.toMatch(/canary/);
    expect((await admin.all()).size).toBe(0);
  });

  it.each([
    ['NUL', 'a\0b'],
    ['half of a character', 'a\ud800b'],
    ['UTF-16 read as UTF-8', Buffer.from(HEAD, 'utf16le').toString('utf8')],
    ['more than may be sent', 'x'.repeat(20_000_001)],
  ])('is refused by the name of its field: %s', async (_what, content) => {
    const { status, body } = await admin.send<ProblemDto>('POST', '/import/plan', { content });
    expect([status, body.errors?.[0]?.field]).toEqual([400, 'content']);
  });

  it('is read rightly where it only looks odd', async () => {
    const odd = `\uFEFFopsagent: {kind: llm-configs, version: 1}\r\nitems:\r\n  - name: "007"\r\n    provider: ollama\r\n    model_name: 2026-11-25\r\n`;
    const { items } = await admin.plan(odd);
    expect(items).toEqual([expect.objectContaining({ action: 'new', name: '007', line: 3 })]);
    expect(items[0]?.changes).toContainEqual({ field: 'model_name', before: null, after: '2026-11-25' });
  });

  it('is judged field by field where only its values are wrong', async () => {
    const wrong = (fields: string): string => `${HEAD}items: [{name: a, provider: ollama, model_name: m, ${fields}}]`;
    const fields = [
      ...['name: 7', 'temperature: "0.5"', 'is_active: yes', 'max_tokens: 1.5', 'provider: nobody', 'api_key: [1]'],
      ...[
        'tags: prod',
        'fallbacks: x',
        'id: x',
        'created_by: x',
        'extra_config: {unheard: 1}',
        'base_url: "file:///x"',
      ],
    ];
    for (const field of fields) {
      const twice = /^(name|provider)/.exec(field)?.[0];
      const content = twice ? wrong(field).replace(new RegExp(`${twice}: \\w+, `), '') : wrong(field);
      const { items } = await admin.plan(content);
      expect([field, items[0]?.action, items[0]?.reasons.length]).toEqual([field, 'invalid', 1]);
    }
  });

  it('keeps nobody else waiting while it is read', async () => {
    const many = Array.from({ length: 3000 }, (_, at) => `  - {name: n${at}, provider: ollama, model_name: m}`).join(
      '\n',
    );
    const planned = admin.send<ImportPlanDto>('POST', '/import/plan', { content: `${HEAD}items:\n${many}` });
    let isOver = false;
    void planned.finally(() => (isOver = true));
    let answered = 0;
    while (!isOver) {
      expect((await fetch(`${app.url}/health/live`)).status).toBe(200);
      answered += 1;
    }
    expect((await planned).body.counts.new).toBe(3000);
    expect(answered).toBeGreaterThan(10);
  });
});
