import { expectedReasoning, expectedText, startSimulator, type Simulator } from '../simulator.ts';
import { ask, CHAT, chatBody, chunksOf, finishOf, stream, textOfChunks } from './client.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.close());

describe('a healthy stream', () => {
  it('begins with the role, then sends the text, the finish, the usage and the end marker', async () => {
    const answer = await ask(
      simulator,
      CHAT,
      chatBody('sim-text-4', { stream: true, stream_options: { include_usage: true } }),
    );
    const chunks = chunksOf(answer.text);
    expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(answer.headers.get('content-length')).toBeNull();
    expect(chunks.map((chunk) => chunk.choices[0]?.delta)).toEqual([
      { role: 'assistant', content: '' },
      ...Array.from({ length: 4 }, () => ({ content: expect.any(String) as string })),
      {},
      undefined,
    ]);
    expect(chunks.slice(0, -1).every((chunk) => chunk.usage === null)).toBe(true);
    expect(chunks.at(-1)?.usage).toMatchObject({ completion_tokens: 4 });
    expect(answer.text.endsWith('data: [DONE]\n\n')).toBe(true);
  });

  it('sends no usage to those who did not ask', async () => {
    const chunks = await stream(simulator, 'sim-text');
    expect(chunks.some((chunk) => 'usage' in chunk)).toBe(false);
  });

  it('repeats one id in every frame and gives the next request another', async () => {
    const ids = [await stream(simulator, 'sim-text'), await stream(simulator, 'sim-text')].map(
      (chunks) => new Set(chunks.map((chunk) => chunk.id)),
    );
    expect(ids.map((set) => set.size)).toEqual([1, 1]);
    expect([...ids[0]]).not.toEqual([...ids[1]]);
  });

  it('holds everything that breaks a careless reader', () => {
    const text = expectedText('sim-text');
    for (const hostile of ['"', '\\', '\n', '\u2028', '🧑‍🚒', 'data: [DONE]', '</script>', '你好', '\r\n']) {
      expect(text).toContain(hostile);
    }
  });

  it('stops at max_tokens and says so', async () => {
    const chunks = await stream(simulator, 'sim-text', { max_tokens: 3 });
    expect([textOfChunks(chunks), finishOf(chunks)]).toEqual([expectedText('sim-text-3'), 'length']);
  });

  it('echoes the last user message byte by byte, however long', async () => {
    const said = `${expectedText('sim-text-300')}\ud83d\ude92`.repeat(9);
    const chunks = await stream(simulator, 'sim-echo', { messages: [{ role: 'user', content: said }] });
    expect(textOfChunks(chunks)).toBe(said);
  });

  it('tells the history it received', async () => {
    const messages = [
      { role: 'system', content: '简短' },
      { role: 'user', content: 'a' },
      { role: 'assistant', content: 'b' },
      { role: 'user', content: [{ type: 'text', text: 'c' }] },
    ];
    const chunks = await stream(simulator, 'sim-history', { messages });
    expect(JSON.parse(textOfChunks(chunks))).toEqual(messages);
  });
});

describe('every model that streams fixed text to a clean end', () => {
  it.each([
    'sim-text',
    'sim-text-200',
    'sim-text-2-with-a-tag',
    'sim-reasoning',
    'sim-slow-1-5',
    'sim-first-5',
    'sim-paced-20-500',
    'sim-no-done',
    'sim-no-usage',
    'sim-no-role',
    'sim-crlf',
    'sim-comments',
    'sim-burst',
    'sim-split',
    'sim-empty',
    'sim-no-tools',
  ])('%s sends the text that is expected of it', async (model) => {
    const chunks = await stream(simulator, model, { stream_options: { include_usage: true } });
    expect([textOfChunks(chunks), finishOf(chunks)]).toEqual([expectedText(model), 'stop']);
  });
});

describe('reasoning', () => {
  it.each([
    ['/openai/v1', 'reasoning_content'],
    ['/deepseek', 'reasoning_content'],
    ['/vllm/v1', 'reasoning'],
    ['/ollama/v1', 'reasoning'],
  ] as const)('on %s comes as %s before the text', async (prefix, field) => {
    const chunks = await stream(simulator, 'sim-reasoning-6', {}, `${prefix}/chat/completions`);
    const deltas = chunks.map((chunk) => chunk.choices[0].delta);
    expect(deltas.map((delta) => delta[field] ?? '').join('')).toBe(expectedReasoning('sim-reasoning-6'));
    expect(deltas.findIndex((delta) => delta.content)).toBeGreaterThan(deltas.findLastIndex((delta) => delta[field]));
  });

  it('may be all there is', async () => {
    const chunks = await stream(simulator, 'sim-reasoning-only');
    expect([textOfChunks(chunks), finishOf(chunks)]).toEqual(['', 'stop']);
  });
});

describe('unusual streams', () => {
  const raw = async (model: string): Promise<string> =>
    (await ask(simulator, CHAT, chatBody(model, { stream: true, stream_options: { include_usage: true } }))).text;

  it('sim-no-done leaves out the end marker', async () => {
    expect(await raw('sim-no-done')).not.toMatch(/^data: \[DONE\]/m);
  });

  it('sim-no-usage leaves out the usage', async () => {
    expect(chunksOf(await raw('sim-no-usage')).some((chunk) => chunk.usage)).toBe(false);
  });

  it('sim-no-role never names the role', async () => {
    expect(await raw('sim-no-role')).not.toContain('"role"');
  });

  it('sim-crlf ends every line in CRLF', async () => {
    expect((await raw('sim-crlf')).replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  it('sim-comments puts comments before and between the frames', async () => {
    expect(await raw('sim-comments')).toMatch(/^: keep-alive\n\ndata: .*\n\n: keep-alive\n\ndata: /);
  });

  it.each([
    ['sim-length', 'length'],
    ['sim-content-filter', 'content_filter'],
  ])('%s finishes with %s', async (model, reason) => {
    expect(finishOf(await stream(simulator, model))).toBe(reason);
  });

  it('sim-split really cuts inside a character', async () => {
    const response = await fetch(simulator.url + CHAT, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer sim-key' },
      body: JSON.stringify(chatBody('sim-split', { stream: true })),
    });
    let cuts = 0;
    for await (const part of response.body as unknown as AsyncIterable<Uint8Array>) {
      if (part.at(-1)! >= 0x80) cuts += 1;
    }
    expect(cuts).toBeGreaterThan(3);
  });
});

describe('a whole answer', () => {
  it('carries the same text as the stream, with usage', async () => {
    const answer = await ask(simulator, CHAT, chatBody('sim-text-50'));
    expect(JSON.parse(answer.text)).toMatchObject({
      object: 'chat.completion',
      choices: [{ message: { role: 'assistant', content: expectedText('sim-text-50') }, finish_reason: 'stop' }],
      usage: { completion_tokens: 50 },
    });
  });

  it('is not spoilt by a broken scenario that shares its text', async () => {
    await expect(ask(simulator, CHAT, chatBody('sim-cut'))).rejects.toThrow();
    const answer = await ask(simulator, CHAT, chatBody('sim-no-tools'));
    expect(JSON.parse(answer.text)).toMatchObject({ choices: [{ message: { content: expectedText('sim-text') } }] });
  });

  it('carries reasoning beside the text', async () => {
    const answer = await ask(simulator, CHAT, chatBody('sim-reasoning'));
    expect(JSON.parse(answer.text)).toMatchObject({
      choices: [{ message: { reasoning_content: expectedReasoning('sim-reasoning') } }],
    });
  });
});
