import { isModelList, modelsIn } from './model-names.js';

const modelNamesIn = (body: unknown): string[] => [...modelsIn(body).keys()];

describe('the names in a list of models', () => {
  it.each([
    ['OpenAI’s', { object: 'list', data: [{ id: 'b', object: 'model' }, { id: 'a' }] }],
    ['Ollama’s', { models: [{ name: 'b', model: 'b' }, { name: 'a' }] }],
    ['a bare', [{ id: 'b' }, { id: 'a' }]],
  ])('are read from %s shape in its order', (_whose, body) => {
    expect(isModelList(body)).toBe(true);
    expect(modelNamesIn(body)).toEqual(['b', 'a']);
  });

  it.each([{ object: 'list', data: null }, { models: null }, { data: [] }])('may be none: %j', (body) => {
    expect(isModelList(body)).toBe(true);
    expect(modelNamesIn(body)).toEqual([]);
  });

  it.each([undefined, null, 'text', 3, {}, { error: { message: 'x' } }, { data: { id: 'a' } }])(
    'are not in %j, which is no list',
    (body) => {
      expect(isModelList(body)).toBe(false);
    },
  );

  it('are each there once, and only those a configuration takes', () => {
    const odd = [
      { id: 'a' },
      { id: 'a' },
      { id: 3 },
      null,
      'b',
      {},
      { id: '' },
      { id: 'two words' },
      { id: 'x\u0000' },
    ];
    expect(modelNamesIn({ data: [...odd, { id: 'x'.repeat(201) }, { id: 'org/模型:1' }] })).toEqual([
      'a',
      'org/模型:1',
    ]);
  });

  it('are 2,000 at most', () => {
    const data = Array.from({ length: 3000 }, (_, at) => ({ id: `model-${at}` }));
    expect(modelNamesIn({ data })).toHaveLength(2000);
  });
});
