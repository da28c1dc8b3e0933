import type { ChatEvent, LlmConfigDto, MessageListDto, SessionDto } from '@opsagent/contracts';
import { startSimulator, type Simulator } from '../../../../tools/provider-simulator/simulator.ts';
import { startTestApp, type TestApp, type TestSettings } from './test-app.js';

/** A server with the provider simulator behind its configurations, as the console uses it. */
export class ConsoleServer {
  private constructor(
    readonly app: TestApp,
    readonly simulator: Simulator,
  ) {}

  static async start(settings: TestSettings = {}): Promise<ConsoleServer> {
    const simulator = await startSimulator();
    const allow = `127.0.0.1:${simulator.port}`;
    return new ConsoleServer(await startTestApp({ OPSAGENT_OUTBOUND_ALLOW: allow, ...settings }), simulator);
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.simulator.close();
  }

  /** Calls the api as the administrator, and expects a status. */
  async call<T>(method: string, path: string, body?: object, status = method === 'POST' ? 201 : 200): Promise<T> {
    const response = await this.fetch(method, path, body);
    const text = await response.text();
    if (response.status !== status) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  fetch(
    method: string,
    path: string,
    body?: object,
    init: { headers?: Record<string, string>; signal?: AbortSignal } = {},
  ) {
    const { headers, signal } = init;
    return fetch(this.app.url + path, {
      method,
      headers: { ...this.app.admin.headers, ...(body ? { 'content-type': 'application/json' } : {}), ...headers },
      ...(body ? { body: JSON.stringify(body) } : {}),
      ...(signal ? { signal } : {}),
    });
  }

  /** A session bound to a configuration of a model of the simulator's. */
  async session(model: string): Promise<SessionDto> {
    const config = await this.call<LlmConfigDto>('POST', '/api/llm-configs', {
      ...{ name: `${model} ${Math.random()}`, provider: 'openai', model_name: model, api_key: 'sim-key' },
      base_url: `${this.simulator.url}/openai/v1`,
    });
    return this.call('POST', '/api/sessions', { llm_config_id: config.id });
  }

  /** Asks and reads the stream to its end. */
  async ask(sessionId: string, query: string): Promise<ChatEvent[]> {
    return readEvents(await this.open(sessionId, query));
  }

  open(sessionId: string, query: string, signal?: AbortSignal): Promise<Response> {
    return this.fetch('POST', `/api/sessions/${sessionId}/messages`, { query }, signal ? { signal } : {});
  }

  messages(sessionId: string): Promise<MessageListDto> {
    return this.call('GET', `/api/sessions/${sessionId}/messages`);
  }
}

/** Reads events as they come; each must carry its number as the id of its frame. */
export async function* eventsIn(response: Response): AsyncGenerator<ChatEvent> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const part of response.body ?? []) {
    rest += decoder.decode(part as Uint8Array, { stream: true });
    const blocks = rest.split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const [, id, json = ''] = /^id: (\d+)\ndata: (.*)$/s.exec(block) ?? [];
      if (id === undefined) continue;
      const event = JSON.parse(json) as ChatEvent;
      if (event.seq !== Number(id)) throw new Error(`Frame ${id} holds event ${event.seq}`);
      yield event;
    }
  }
}

export async function readEvents(response: Response): Promise<ChatEvent[]> {
  const events: ChatEvent[] = [];
  for await (const event of eventsIn(response)) events.push(event);
  return events;
}

/** The text of an answer, put together from its events. */
export function textOf(events: readonly ChatEvent[]): string {
  return events.map((event) => (event.type === 'text' ? event.delta : '')).join('');
}
