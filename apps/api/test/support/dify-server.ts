import { startSimulator, type Simulator } from '../../../../tools/provider-simulator/simulator.ts';
import { startTestApp, type TestApp, type TestSettings } from './test-app.js';

/** The key of the first app in tests. */
export const APP_KEY = 'app-TestTestTestTestTestTest';

/** Without a title being found behind the answer, which would ask the model once more. */
const QUESTION = { inputs: {}, user: 'tester', auto_generate_name: false };

type Json = Record<string, unknown>;

/** One event of a stream, as its client reads it. */
export type Told = Json & { event: string; answer?: string };

export interface Reply<T = Json> {
  status: number;
  headers: Headers;
  body: T;
}

/** What a stream told: its bytes as text, and the events in them. */
export interface StreamReply {
  status: number;
  headers: Headers;
  text: string;
  events: Told[];
}

/** A server with an app key and a simulator behind its model configurations. */
export class DifyServer {
  private readonly configIds = new Map<string, string>();

  private constructor(
    readonly app: TestApp,
    readonly simulator: Simulator,
  ) {}

  static async start(settings: TestSettings = {}): Promise<DifyServer> {
    const simulator = await startSimulator();
    const app = await startTestApp({
      OPSAGENT_APP_KEY: APP_KEY,
      OPSAGENT_OUTBOUND_ALLOW: `127.0.0.1:${simulator.port}`,
      ...settings,
    });
    return new DifyServer(app, simulator);
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.simulator.close();
  }

  /** The configuration of a model of the simulator's, made at the first call. */
  async config(model: string, values: Json = {}): Promise<string> {
    const name = `${model} ${JSON.stringify(values)}`;
    const known = this.configIds.get(name);
    if (known !== undefined) return known;
    const { status, body } = await this.api('POST', '/api/llm-configs', {
      ...{ name, provider: 'openai', model_name: model, api_key: 'sim-key' },
      ...{ base_url: `${this.simulator.url}/openai/v1`, ...values },
    });
    if (status !== 201) throw new Error(`No configuration: ${JSON.stringify(body)}`);
    this.configIds.set(name, String(body['id']));
    return String(body['id']);
  }

  /** Calls `/api` as the administrator. */
  api<T = Json>(method: string, path: string, body?: Json): Promise<Reply<T>> {
    return this.send(method, path, this.app.admin.headers, body);
  }

  /** Calls `/v1` with the first app's key. */
  call<T = Json>(method: string, path: string, body?: Json, key = APP_KEY): Promise<Reply<T>> {
    return this.send(method, path, { authorization: `Bearer ${key}` }, body);
  }

  async send<T = Json>(method: string, path: string, headers: Record<string, string>, body?: Json): Promise<Reply<T>> {
    const response = await fetch(this.app.url + path, {
      method,
      headers: { ...headers, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: (text === '' ? {} : JSON.parse(text)) as T };
  }

  /** Asks and gets the answer whole. */
  async ask(model: string, query: string, more: Json = {}): Promise<Reply> {
    const model_config_id = await this.config(model);
    return this.call('POST', '/v1/chat-messages', { ...QUESTION, query, model_config_id, ...more });
  }

  /** Asks and gets the answer piece by piece; the response as it opens. */
  async open(model: string, query: string, more: Json = {}, signal?: AbortSignal): Promise<Response> {
    const body = { ...QUESTION, query, response_mode: 'streaming', model_config_id: await this.config(model) };
    return fetch(`${this.app.url}/v1/chat-messages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${APP_KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify({ ...body, ...more }),
      ...(signal ? { signal } : {}),
    });
  }

  /** Asks and reads the stream to its end. */
  async stream(model: string, query: string, more: Json = {}): Promise<StreamReply> {
    const response = await this.open(model, query, more);
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, events: eventsIn(text) };
  }
}

/** Reads whole events off a stream as they come. */
export async function* eventsOf(response: Response): AsyncGenerator<Told> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of response.body ?? []) {
    rest += decoder.decode(chunk as Uint8Array, { stream: true });
    const end = rest.lastIndexOf('\n\n') + 2;
    if (end === 1) continue;
    yield* eventsIn(rest.slice(0, end));
    rest = rest.slice(end);
  }
}

/** The data events of a stream, each on one line behind `data: `; pings are left out. */
export function eventsIn(text: string): Told[] {
  return text
    .split('\n\n')
    .filter((block) => block.startsWith('data: '))
    .map((block) => JSON.parse(block.slice(6)) as Told);
}

/** The deltas of an answer, put together. */
export function answerIn(events: readonly Told[]): string {
  return events
    .filter(({ event }) => event === 'message' || event === 'agent_message')
    .map(({ answer }) => answer)
    .join('');
}
