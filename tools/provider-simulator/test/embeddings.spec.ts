import { embeddingOf, startSimulator, type Simulator } from '../simulator.ts';
import { ask } from './client.ts';

const EMBED = '/openai/v1/embeddings';
let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.close());

interface Embeddings {
  readonly data: readonly { readonly index: number; readonly embedding: number[] | string }[];
  readonly usage: { readonly total_tokens: number };
}

async function embed(body: object): Promise<Embeddings> {
  const answer = await ask(simulator, EMBED, body);
  expect(answer.status).toBe(200);
  return JSON.parse(answer.text) as Embeddings;
}

describe('embeddings on the OpenAI wire', () => {
  it('are unit vectors that follow from the text alone', async () => {
    const { data } = await embed({ model: 'sim-embed-64', input: ['磁盘', 'disk', '磁盘'] });
    const [first, second, third] = data.map((one) => one.embedding as number[]);
    expect(first).toEqual(embeddingOf('磁盘', 64));
    expect(third).toEqual(first);
    expect(second).not.toEqual(first);
    expect(Math.hypot(...first)).toBeCloseTo(1, 5);
    expect(data.map((one) => one.index)).toEqual([0, 1, 2]);
  });

  it('come as little-endian floats in base64 on request', async () => {
    const { data } = await embed({ model: 'sim-embed-8', input: 'a', encoding_format: 'base64' });
    const bytes = Buffer.from(data[0].embedding as string, 'base64');
    expect(Array.from({ length: 8 }, (_, index) => bytes.readFloatLE(index * 4))).toEqual(embeddingOf('a', 8));
  });

  it('are 1536 numbers long, or shorter on request', async () => {
    const lengthOf = async (body: object): Promise<number> => (await embed(body)).data[0].embedding.length;
    expect(await lengthOf({ model: 'sim-embed', input: 'a' })).toBe(1536);
    expect(await lengthOf({ model: 'sim-embed', input: 'a', dimensions: 256 })).toBe(256);
  });

  it.each([
    ['nothing', { input: undefined }, 'missing_required_parameter'],
    ['an empty list', { input: [] }, 'empty_array'],
    ['an empty text', { input: ['a', ''] }, "'$.input' is invalid"],
    ['too many texts', { input: Array.from({ length: 2049 }, () => 'a') }, 'array_above_max_length'],
    ['an unknown format', { encoding_format: 'int8' }, 'invalid_value'],
    ['more numbers than the model has', { dimensions: 4096 }, 'integer_above_max_value'],
  ])('refuse %s', async (_, changes, words) => {
    const answer = await ask(simulator, EMBED, { model: 'sim-embed', input: 'a', ...changes });
    expect([answer.status, answer.text]).toEqual([400, expect.stringContaining(words)]);
  });

  it.each([
    ['sim-embed-401', 401],
    ['sim-embed-429', 429],
    ['sim-embed-429-once-x', 429],
    ['sim-embed-500', 500],
    ['sim-500', 500],
    ['sim-text', 403],
    ['text-embedding-3-small', 404],
  ])('of %s answer %i', async (model, status) => {
    expect((await ask(simulator, EMBED, { model, input: 'a' })).status).toBe(status);
  });
});

describe('embeddings on the Ollama wire', () => {
  it('come in one list', async () => {
    const answer = await ask(simulator, '/ollama/api/embed', {
      model: 'sim-embed-16',
      input: ['a', 'b'],
      truncate: false,
    });
    expect(JSON.parse(answer.text)).toMatchObject({ embeddings: [embeddingOf('a', 16), embeddingOf('b', 16)] });
  });

  it.each([
    ['sim-text', 501],
    ['sim-embed-500', 500],
    ['bge-m3', 404],
  ])('of %s answer %i', async (model, status) => {
    expect((await ask(simulator, '/ollama/api/embed', { model, input: 'a' })).status).toBe(status);
  });
});
