import { expectedText, startSimulator, type Simulator } from '../simulator.ts';
import { ask, CHAT, chatBody, chunksOf, finishOf, post, stream, textOfChunks } from './client.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.close());

const streaming = { stream: true };

/** Reads until the stream ends or breaks. */
async function readAll(response: Response): Promise<{ text: string; broke: boolean }> {
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const part of response.body as unknown as AsyncIterable<Uint8Array>) {
      text += decoder.decode(part, { stream: true });
    }
    return { text, broke: false };
  } catch (error) {
    // Jest's own realm has another TypeError than fetch.
    if ((error as Error).name !== 'TypeError') throw error;
    return { text, broke: true };
  }
}

describe('refusals', () => {
  it.each([
    ['sim-401', 401, 'invalid_api_key'],
    ['sim-402', 429, 'insufficient_quota'],
    ['sim-404', 404, 'model_not_found'],
    ['sim-429', 429, 'rate_limit_exceeded'],
    ['sim-429-bare', 429, 'rate_limit_exceeded'],
    ['sim-500', 500, 'server_error'],
    ['sim-html', 502, '<h1>502 Bad Gateway</h1>'],
    ['sim-200-error', 200, 'server_error'],
    ['sim-context', 400, 'context_length_exceeded'],
  ])('%s answers %i, streamed or not', async (model, status, words) => {
    for (const changes of [{}, streaming]) {
      const answer = await ask(simulator, CHAT, chatBody(model, changes));
      expect([answer.status, answer.text]).toEqual([status, expect.stringContaining(words)]);
    }
  });

  it('sim-429 says when to come back, sim-429-bare does not', async () => {
    const told = await ask(simulator, CHAT, chatBody('sim-429'));
    const bare = await ask(simulator, CHAT, chatBody('sim-429-bare'));
    expect([told.headers.get('retry-after'), bare.headers.get('retry-after')]).toEqual(['1', null]);
  });

  it.each([
    ['sim-429-once', 429],
    ['sim-503-once', 503],
  ])('%s fails the first request of each model name only', async (model, status) => {
    const statuses: number[] = [];
    for (const tag of ['a', 'a', 'b', 'a'])
      statuses.push((await ask(simulator, CHAT, chatBody(`${model}-${tag}`))).status);
    expect(statuses).toEqual([status, 200, status, 200]);
    expect(textOfChunks(await stream(simulator, `${model}-a`))).toBe(expectedText(`${model}-a`));
  });

  it('sim-silent takes the request and never answers', async () => {
    const abort = new AbortController();
    const pending = post(simulator, CHAT, chatBody('sim-silent'), { signal: abort.signal });
    await simulator.requests.waitFor((record) => record.model === 'sim-silent');
    abort.abort();
    await expect(pending).rejects.toThrow('aborted');
    const record = await simulator.requests.waitFor((one) => one.model === 'sim-silent' && one.aborted);
    expect([record.firstByteAt, record.finishedWriting]).toEqual([null, false]);
  });
});

describe('broken streams', () => {
  it.each(['sim-stall', 'sim-stall-4'])('%s goes silent after its pieces until the client leaves', async (model) => {
    const abort = new AbortController();
    const response = await post(simulator, CHAT, chatBody(model, streaming), { signal: abort.signal });
    const decoder = new TextDecoder();
    let text = '';
    const reading = (async () => {
      for await (const part of response.body as unknown as AsyncIterable<Uint8Array>) {
        text += decoder.decode(part, { stream: true });
        if (textOfChunks(chunksOf(text)) === expectedText(model)) abort.abort();
      }
    })();
    await expect(reading).rejects.toThrow('aborted');
    const record = await simulator.requests.waitFor((one) => one.model === model && one.closedAt !== null);
    expect(record).toMatchObject({ aborted: true, finishedWriting: false });
  });

  it('sim-cut ends cleanly without a finish', async () => {
    const { text, broke } = await readAll(await post(simulator, CHAT, chatBody('sim-cut-5', streaming)));
    expect([broke, finishOf(chunksOf(text)), textOfChunks(chunksOf(text))]).toEqual([
      false,
      undefined,
      expectedText('sim-text-5'),
    ]);
    expect(text).not.toMatch(/^data: \[DONE\]/m);
  });

  it('sim-reset breaks the connection after its pieces', async () => {
    const { text, broke } = await readAll(await post(simulator, CHAT, chatBody('sim-reset-5', streaming)));
    expect([broke, textOfChunks(chunksOf(text))]).toEqual([true, expectedText('sim-reset-5')]);
    const record = await simulator.requests.waitFor((one) => one.model === 'sim-reset-5' && one.closedAt !== null);
    expect(record).toMatchObject({ aborted: false, finishedWriting: false });
  });

  it.each([
    ['sim-error-frame', { error: { type: 'server_error' } }],
    ['sim-error-frame-bare', { code: 'InternalError' }],
  ])('%s ends with an error frame', async (model, frame) => {
    const chunks = await stream(simulator, model);
    expect(chunks.at(-1)).toMatchObject(frame);
    expect([textOfChunks(chunks.slice(0, -1)), finishOf(chunks)]).toEqual([expectedText(model), undefined]);
  });

  it.each(['sim-cut', 'sim-reset'])('%s breaks a whole answer half-way', async (model) => {
    const { broke } = await readAll(await post(simulator, CHAT, chatBody(model)));
    expect(broke).toBe(true);
  });

  it('sim-error-frame refuses a whole answer', async () => {
    expect((await ask(simulator, CHAT, chatBody('sim-error-frame'))).status).toBe(500);
  });
});
