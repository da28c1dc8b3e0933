import type { Simulator } from '../simulator.ts';

/** An answer read whole. */
interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** One frame of OpenAI's stream, as far as the tests look at it. */
interface Chunk {
  readonly id: string;
  readonly object: string;
  readonly choices: readonly {
    readonly delta: {
      readonly role?: string;
      readonly content?: string | null;
      readonly reasoning_content?: string;
      readonly reasoning?: string;
      readonly tool_calls?: readonly CallDelta[];
    };
    readonly finish_reason: string | null;
  }[];
  readonly usage?: { readonly prompt_tokens: number; readonly completion_tokens: number } | null;
  readonly error?: { readonly message: string };
  readonly code?: string;
}

interface CallDelta {
  readonly index: number;
  readonly id?: string;
  readonly function: { readonly name?: string; readonly arguments: unknown };
}

export const CHAT = '/openai/v1/chat/completions';
export const OLLAMA_CHAT = '/ollama/api/chat';

/** @returns a chat request of one user message, with whatever the test wants different. */
export function chatBody(model: string, changes: object = {}): object {
  return { model, messages: [{ role: 'user', content: 'How is node-7?' }], ...changes };
}

/** Posts JSON with the right key. */
export function post(simulator: Simulator, path: string, body: unknown, init: RequestInit = {}): Promise<Response> {
  return fetch(simulator.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer sim-key' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...init,
  });
}

/** Posts and reads the whole answer. */
export async function ask(simulator: Simulator, path: string, body: unknown, init?: RequestInit): Promise<Answer> {
  const response = await post(simulator, path, body, init);
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** Streams a chat over the OpenAI wire and reads it to its end. */
export async function stream(simulator: Simulator, model: string, changes: object = {}, path = CHAT): Promise<Chunk[]> {
  return chunksOf((await ask(simulator, path, chatBody(model, { stream: true, ...changes }))).text);
}

/** Streams a chat over Ollama's wire and reads it to its end. */
export async function lines<Line>(simulator: Simulator, model: string, changes: object = {}): Promise<Line[]> {
  const { text } = await ask(simulator, OLLAMA_CHAT, chatBody(model, changes));
  return text
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
}

/** @returns the frames of an event stream; the end marker is left out. */
export function chunksOf(text: string): Chunk[] {
  return text
    .split(/\r?\n\r?\n/)
    .filter((frame) => frame.startsWith('data: ') && frame !== 'data: [DONE]')
    .map((frame) => JSON.parse(frame.slice('data: '.length)) as Chunk);
}

/** @returns the text of a stream. */
export function textOfChunks(chunks: readonly Chunk[]): string {
  return chunks.map((chunk) => chunk.choices?.[0]?.delta.content ?? '').join('');
}

/** @returns why the stream ended, or undefined when it never said so. */
export function finishOf(chunks: readonly Chunk[]): string | null | undefined {
  return chunks.map((chunk) => chunk.choices?.[0]?.finish_reason).findLast((reason) => typeof reason === 'string');
}

/** @returns the calls of a stream, their argument pieces joined. */
export function callsOfChunks(chunks: readonly Chunk[]): { id: string | undefined; name: string; arguments: string }[] {
  const calls: { id: string | undefined; name: string; arguments: string }[] = [];
  for (const delta of chunks.flatMap((chunk) => chunk.choices?.[0]?.delta.tool_calls ?? [])) {
    const known = calls[delta.index];
    if (known) known.arguments += String(delta.function.arguments);
    else
      calls[delta.index] = {
        id: delta.id,
        name: delta.function.name ?? '',
        arguments: String(delta.function.arguments),
      };
  }
  return calls;
}

/** Tools of every shape: without arguments, optional ones, required ones. */
export const TOOLS = [
  tool('restart_service', { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] }),
  tool('host_inspect', { type: 'object', properties: { part: { type: 'string', enum: ['load', 'memory'] } } }),
  tool('list_nodes', { type: 'object', properties: {} }),
];

function tool(name: string, parameters: object): object {
  return { type: 'function', function: { name, description: `The tool ${name}.`, parameters } };
}
