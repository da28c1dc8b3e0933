import type { LlmConfigDto } from '@opsagent/contracts';
import type { TestApp } from './test-app.js';

/** An answer of the api as its client reads it. */
export interface ApiReply<T> {
  status: number;
  headers: Headers;
  body: T;
  /** The body as it came, to search for what must not be in it. */
  text: string;
}

/** Calls the api's routes for model configurations over HTTP, as the administrator unless told otherwise. */
export class LlmConfigClient {
  /** Every answer so far, as text. */
  readonly answers: string[] = [];

  constructor(
    private readonly app: TestApp,
    private readonly headers: Record<string, string> = app.admin.headers,
  ) {}

  async send<T = LlmConfigDto>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<ApiReply<T>> {
    const response = await fetch(`${this.app.url}/api/llm-configs${path}`, {
      method,
      headers: { ...this.headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      redirect: 'error',
    });
    const text = await response.text();
    this.answers.push(text);
    return {
      status: response.status,
      headers: response.headers,
      body: (text === '' ? undefined : JSON.parse(text)) as T,
      text,
    };
  }

  /** Creates a configuration; what is not given is filled in. @throws Error unless it answers 201 */
  async create(values: Record<string, unknown> = {}): Promise<LlmConfigDto> {
    const filledIn = { name: `config ${crypto.randomUUID()}`, provider: 'openai', model_name: 'sim-text' };
    const { status, body, text } = await this.send('POST', '', { api_key: 'sk-test-key-0001', ...filledIn, ...values });
    if (status !== 201) throw new Error(`Not created: ${text}`);
    return body;
  }

  async get(id: string): Promise<LlmConfigDto> {
    return (await this.send('GET', `/${id}`)).body;
  }
}
