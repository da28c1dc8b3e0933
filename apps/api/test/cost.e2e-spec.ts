import { randomUUID } from 'node:crypto';
import type { ChatEvent, ModelCatalogueDto, ProblemDto } from '@opsagent/contracts';
import { readEvents } from './support/console.js';
import { DifyServer } from './support/dify-server.js';

const PRICE = { currency: 'CNY', input: '2', cached_input: '0.5', output: '8' };

type Figures = { prompt_tokens: number; completion_tokens: number; cached_tokens: number };

/** The same sum in another way: all prices are halves of a yuan per million. */
function expectedCost({ prompt_tokens, completion_tokens, cached_tokens }: Figures): number {
  return (2 * (prompt_tokens - cached_tokens) + 0.5 * cached_tokens + 8 * completion_tokens) / 1e6;
}

describe('the cost of an answer', () => {
  let dify: DifyServer;

  beforeAll(async () => {
    dify = await DifyServer.start();
  });

  afterAll(() => dify.close());

  const call = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const response = await fetch(dify.app.url + path, {
      method,
      headers: { ...dify.app.admin.headers, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as T;
  };

  async function ask(model: string, values: Record<string, unknown>) {
    const name = `${model} ${randomUUID()}`;
    const llm_config_id = await dify.config(model, { name, ...values });
    const { session_id } = await call<{ session_id: string }>('POST', '/api/sessions', { llm_config_id });
    const response = await fetch(`${dify.app.url}/api/sessions/${session_id}/messages`, {
      method: 'POST',
      headers: { ...dify.app.admin.headers, 'content-type': 'application/json' },
      body: JSON.stringify({ query: 'What does it cost?' }),
    });
    const events = await readEvents(response);
    const usage = events.find((event): event is Extract<ChatEvent, { type: 'usage' }> => event.type === 'usage');
    if (!usage) throw new Error('No usage was told');
    const { items } = await call<{ items: object[] }>('GET', `/api/sessions/${session_id}/messages`);
    return { usage, message: items[0] };
  }

  it.each(['sim-text', 'sim-tool-once', 'sim-no-usage'])('is told and stored for %s', async (model) => {
    const { usage, message } = await ask(model, { extra_config: { price: PRICE } });
    expect(Number(usage.total_price)).toBeCloseTo(expectedCost(usage.usage), 12);
    expect(usage.total_price).toMatch(/^0\.\d*[1-9]$/);
    expect(usage.currency).toBe('CNY');
    expect(message).toMatchObject({ total_price: usage.total_price, currency: 'CNY' });
  });

  it('is null where the price is unknown, and zero where it is free', async () => {
    const unknown = await ask('sim-text', {});
    expect(unknown.usage).toMatchObject({ total_price: null, currency: null });
    expect(unknown.message).toMatchObject({ total_price: null, currency: null });
    const free = await ask('sim-text', { extra_config: { price: { currency: 'USD', input: 0, output: 0 } } });
    expect(free.usage).toMatchObject({ total_price: '0', currency: 'USD' });
    expect(free.message).toMatchObject({ total_price: '0', currency: 'USD' });
  });

  it('is told to Dify clients in their own form, whole and streamed', async () => {
    const model_config_id = await dify.config('sim-text', { name: 'priced', extra_config: { price: PRICE } });
    const asked = await dify.ask('sim-text', 'x', { model_config_id });
    const told = (asked.body['metadata'] as { usage: Record<string, unknown> }).usage;
    expect(told).toMatchObject({
      ...{ prompt_unit_price: '2', prompt_price_unit: '0.000001', currency: 'RMB' },
      ...{ completion_unit_price: '8', completion_price_unit: '0.000001' },
    });
    expect(Number(told['prompt_price']) + Number(told['completion_price'])).toBeCloseTo(
      Number(told['total_price']),
      12,
    );
    const { events } = await dify.stream('sim-text', 'x', { model_config_id });
    const end = events.find(({ event }) => event === 'message_end') as { metadata?: { usage: object } } | undefined;
    expect(end?.metadata?.usage).toMatchObject({
      total_price: told['total_price'],
      currency: 'RMB',
      prompt_unit_price: '2',
    });
  });

  it('comes from a catalogue that everybody who may see configurations can read', async () => {
    const all = await call<ModelCatalogueDto>('GET', '/api/model-catalogue');
    expect(all.total).toBe(all.items.length);
    expect(all.as_of).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    const { items } = await call<ModelCatalogueDto>('GET', '/api/model-catalogue?provider=deepseek');
    expect(new Set(items.map(({ provider }) => provider))).toEqual(new Set(['deepseek']));
    expect(items[0]?.prices.map(({ currency }) => currency)).toEqual(expect.arrayContaining(['CNY', 'USD']));
    const refused = await fetch(`${dify.app.url}/api/model-catalogue?provider=nobody`, {
      headers: dify.app.admin.headers,
    });
    expect(refused.status).toBe(400);
    expect((await refused.json()) as ProblemDto).toMatchObject({ errors: [{ field: 'provider' }] });
  });
});
