import { setTimeout as pause } from 'node:timers/promises';

const LONGEST_MS = 120_000;

/** A server under check, spoken to with one key. */
export class Client {
  private readonly url: string;
  private readonly key: string | undefined;

  constructor(url: string, key: string | undefined) {
    this.url = url.replace(/\/+$/, '');
    this.key = key;
  }

  /** @throws Error in one sentence when nothing answers or the answer is a refusal. */
  async send(method: string, path: string, body?: object, headers: Record<string, string> = {}): Promise<Response> {
    const sent = { ...(body && { 'content-type': 'application/json' }), ...this.authorization(), ...headers };
    const request = { method, headers: sent, body: body ? JSON.stringify(body) : null };
    const response = await this.reach(path, request);
    if (response.ok) return response;
    throw new Error(`${method} ${path} answered ${response.status}: ${reasonIn(await response.text())}`);
  }

  async json<T>(method: string, path: string, body?: object, headers: Record<string, string> = {}): Promise<T> {
    const response = await this.send(method, path, body, headers);
    const text = await response.text();
    try {
      return JSON.parse(text) as T;
    } catch {
      throw new Error(`${method} ${path} answered no JSON but ${JSON.stringify(text.slice(0, 80))}`);
    }
  }

  private authorization(): Record<string, string> {
    return this.key ? { authorization: `Bearer ${this.key}` } : {};
  }

  private async reach(path: string, request: RequestInit): Promise<Response> {
    try {
      return await fetch(this.url + path, { ...request, signal: AbortSignal.timeout(LONGEST_MS) });
    } catch (error) {
      const { cause, message } = error as Error & { cause?: { code?: string } };
      throw new Error(`${this.url} cannot be reached: ${cause?.code ?? message}`, { cause: error });
    }
  }
}

/** Asks again until it answers something. @throws Error with `otherwise` when it does not in time */
export async function untilSome<T>(ask: () => Promise<T | undefined>, otherwise: string): Promise<T> {
  for (const deadline = Date.now() + 10_000; Date.now() < deadline; await pause(100)) {
    const answer = await ask();
    if (answer !== undefined) return answer;
  }
  throw new Error(otherwise);
}

function reasonIn(text: string): string {
  try {
    const { detail, message } = JSON.parse(text) as { detail?: string; message?: string };
    return detail ?? message ?? text.slice(0, 200);
  } catch {
    return text.replaceAll(/\s+/g, ' ').slice(0, 200) || 'without a word';
  }
}
