import { jest } from '@jest/globals';
import type { SessionDto } from '@opsagent/contracts';
import { Client, Pool } from 'pg';
import { aUser } from './support/a-user.js';
import { ConsoleServer } from './support/console.js';
import { APP_KEY } from './support/dify-server.js';

const TURNS = 50;
const TABLES = /\bllm_config(s|_options|_revisions|_tests)\b/;
/** Uses are counted behind the answers, once a second for all of them together. */
const COUNTING = ['usage_count = c.usage_count + u.times', 'pg_advisory_xact_lock'];

/** What was sent to the database between two calls, statement by statement: every connection of the process goes through these. */
class Statements {
  private readonly spies = [jest.spyOn(Client.prototype, 'query'), jest.spyOn(Pool.prototype, 'query')];

  /** Those seen since the last call. */
  take(): string[] {
    const texts = this.spies.flatMap((spy) => spy.mock.calls.map(([first]: unknown[]) => textOf(first)));
    for (const spy of this.spies) spy.mockClear();
    return texts;
  }

  end(): void {
    for (const spy of this.spies) spy.mockRestore();
  }
}

function textOf(query: unknown): string {
  if (typeof query === 'string') return query;
  const { text } = (query ?? {}) as { text?: unknown };
  return typeof text === 'string' ? text : '';
}

describe('the chat path, when no configuration changed', () => {
  let server: ConsoleServer;
  let statements: Statements;

  beforeAll(async () => {
    server = await ConsoleServer.start({ OPSAGENT_APP_KEY: APP_KEY });
    statements = new Statements();
  });

  afterAll(async () => {
    statements.end();
    await server.close();
  });

  const aboutConfigs = (): string[] =>
    statements.take().filter((text) => TABLES.test(text) && !COUNTING.some((part) => text.includes(part)));

  /** Asks until the signal of the change that made the configuration has come back to the process, which reads it once more. */
  const warmUp = async (ask: () => Promise<unknown>): Promise<void> => {
    for (let calm = 0; calm < 10;) {
      await ask();
      calm = aboutConfigs().length === 0 ? calm + 1 : 0;
    }
  };

  it('reads no configuration in fifty turns of a session', async () => {
    const { session_id } = await server.session('sim-text-5');
    await server.ask(session_id, 'first');
    expect(statements.take().length).toBeGreaterThan(0);
    await warmUp(() => server.ask(session_id, 'warm up'));
    for (let turn = 0; turn < TURNS; turn += 1) await server.ask(session_id, `turn ${turn}`);
    expect(aboutConfigs()).toEqual([]);
  });

  it('reads none either to know who may use one that not everybody may', async () => {
    const { headers, id: userId } = await aUser(server.app, 'operator');
    const { llm_config_id } = await server.session('sim-text-5');
    const access = { scope: 'users', user_ids: [userId] };
    await server.call('PUT', `/api/llm-configs/${llm_config_id}`, { access });
    const send = (path: string, body: object) => server.fetch('POST', path, body, { headers });
    const { session_id } = (await (await send('/api/sessions', { llm_config_id })).json()) as SessionDto;
    const ask = async () => (await send(`/api/sessions/${session_id}/messages`, { query: 'hello' })).text();
    await warmUp(ask);
    for (let turn = 0; turn < TURNS; turn += 1) expect(await ask()).toContain('turn_finished');
    expect(aboutConfigs()).toEqual([]);
  });

  it.each(['blocking', 'streaming'])('reads no configuration in fifty %s answers to a Dify client', async (mode) => {
    const { llm_config_id: model_config_id } = await server.session('sim-text-5');
    const body = { inputs: {}, query: 'hello', user: 'u', response_mode: mode, model_config_id };
    const headers = { authorization: `Bearer ${APP_KEY}` };
    const ask = async (): Promise<string> =>
      (await server.fetch('POST', '/v1/chat-messages', body, { headers })).text();
    await warmUp(ask);
    for (let turn = 0; turn < TURNS; turn += 1) expect(await ask()).toContain('answer');
    expect(aboutConfigs()).toEqual([]);
  });

  it('reads it again after a change, and then no more', async () => {
    const { session_id, llm_config_id } = await server.session('sim-text-5');
    await server.ask(session_id, 'warm up');
    await server.call('PUT', `/api/llm-configs/${llm_config_id}`, { temperature: 0.5 }, 200);
    statements.take();
    await server.ask(session_id, 'after the change');
    expect(aboutConfigs()).not.toEqual([]);
    await server.ask(session_id, 'and again');
    expect(aboutConfigs()).toEqual([]);
  });
});
