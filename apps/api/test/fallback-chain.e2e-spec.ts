import { randomUUID } from 'node:crypto';
import type { ChatEvent, MessageListDto, SessionDto } from '@opsagent/contracts';
import { readEvents, textOf } from './support/console.js';
import { answerIn, DifyServer } from './support/dify-server.js';

const PRICE = { currency: 'CNY', input: '2', output: '8' };

describe('the chain of fallbacks of a configuration', () => {
  let dify: DifyServer;

  beforeAll(async () => {
    dify = await DifyServer.start({ OPSAGENT_FIRST_BYTE_MS: '300' });
  });

  afterAll(() => dify.close());

  const config = (model: string, values: Record<string, unknown> = {}): Promise<string> =>
    dify.config(model, { name: `${model} ${randomUUID()}`, ...values });

  /** How often the simulator was asked for a model. */
  const asked = (model: string): number => dify.simulator.requests.ofModel(model).length;

  async function ask(
    llm_config_id: string,
  ): Promise<{ events: ChatEvent[]; message: MessageListDto['items'][number] }> {
    const session = await dify.api<SessionDto>('POST', '/api/sessions', { llm_config_id });
    const path = `/api/sessions/${session.body.session_id}/messages`;
    const response = await fetch(dify.app.url + path, {
      method: 'POST',
      headers: { ...dify.app.admin.headers, 'content-type': 'application/json' },
      body: JSON.stringify({ query: 'who answers?' }),
    });
    const events = await readEvents(response);
    const { body } = await dify.api<MessageListDto>('GET', path);
    const message = body.items[0];
    if (!message) throw new Error('No message is stored');
    return { events, message };
  }

  it.each([
    ['sim-401-chain', 'invalid_key'],
    ['sim-402-chain', 'insufficient_balance'],
    ['sim-404-chain', 'model_not_found'],
    ['sim-silent-chain', 'timeout'],
  ])('answers in the place of %s, and says who did and why', async (model, kind) => {
    const spare = await config('sim-text-3', { extra_config: { price: PRICE } });
    const main = await config(model, { fallback_ids: [spare] });
    const { events, message } = await ask(main);
    expect(events.slice(0, 2)).toMatchObject([
      { type: 'turn_started', llm_config_id: main, model_name: model },
      { type: 'model_changed', llm_config_id: spare, model_name: 'sim-text-3', from_llm_config_id: main, kind },
    ]);
    expect(message).toMatchObject({
      status: 'finished',
      llm_config_id: spare,
      model_name: 'sim-text-3',
      currency: 'CNY',
    });
    expect(message.answer).toBe(textOf(events));
    expect(Number(message.total_price)).toBeGreaterThan(0);
  });

  it('asks one after another and tells the fault of the first when all fail', async () => {
    const spares = [await config('sim-401-second'), await config('sim-404-third')];
    const main = await config('sim-402-first', { name: 'the first', fallback_ids: spares });
    const { events, message } = await ask(main);
    expect(events.at(-1)).toMatchObject({ type: 'turn_failed', kind: 'insufficient_balance' });
    expect(message.error?.detail).toMatch(/"the first".*The 2 other configurations of its chain failed too/s);
    expect(message).toMatchObject({ llm_config_id: main, model_name: 'sim-402-first' });
  });

  it.each([
    ['sim-context', 'context_too_long'],
    ['sim-content-filter', 'content_filter'],
    ['sim-reset-2', 'cut_off'],
  ])('does not repeat what is no fault of the model, or what has begun: %s', async (model, kind) => {
    const spare = await config(`sim-text-4-${model}`);
    const { message } = await ask(await config(model, { fallback_ids: [spare] }));
    expect(message.error?.kind).toBe(kind);
    expect(asked(`sim-text-4-${model}`)).toBe(0);
  });

  it('leaves the whole loop of tools to the one that answered once', async () => {
    const spare = await config('sim-tool-once-spare');
    const { message } = await ask(await config('sim-401-loop', { fallback_ids: [spare] }));
    expect(message.steps).toHaveLength(1);
    expect(message).toMatchObject({ status: 'finished', llm_config_id: spare });
    expect([asked('sim-401-loop'), asked('sim-tool-once-spare')]).toEqual([1, 2]);
  });

  it('passes over members that are not active', async () => {
    const [off, spare] = [await config('sim-text-5'), await config('sim-text-6')];
    const main = await config('sim-401-inactive', { fallback_ids: [off, spare] });
    await dify.api('POST', `/api/llm-configs/${off}/toggle-status`);
    expect((await ask(main)).message.llm_config_id).toBe(spare);
  });

  it('leaves a configuration alone that keeps failing', async () => {
    const main = await config('sim-401-resting', { fallback_ids: [await config('sim-text-7')] });
    const kinds: unknown[] = [];
    for (let turn = 0; turn < 5; turn++) {
      const { events, message } = await ask(main);
      expect(message.status).toBe('finished');
      kinds.push(events.map((event) => event.type === 'model_changed' && event.kind).find((kind) => kind));
    }
    expect(kinds).toEqual(Array(5).fill('invalid_key'));
    expect(asked('sim-401-resting')).toBe(3);
  });

  it('answers Dify clients too, whole and streamed', async () => {
    const spare = await config('sim-text-8');
    const model_config_id = await config('sim-401-dify', { fallback_ids: [spare] });
    const whole = await dify.ask('sim-text-8', 'x', { model_config_id });
    expect(whole.status).toBe(200);
    const { events } = await dify.stream('sim-text-8', 'x', { model_config_id });
    expect(answerIn(events)).toBe(whole.body['answer']);
    expect(events.map(({ event }) => event)).not.toContain('model_changed');
  });
});
