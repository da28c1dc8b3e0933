import { inject, Service } from '@angular/core';
import { Online } from './online.js';
import { isSilent, noAnswer, ProblemError } from './problem.js';
import { SignInAgain } from './sign-in-again.js';

const UNAUTHENTICATED = 401;

/**
 * Opens streams: HttpClient reads none as it comes. Like all other calls these wait for a new sign-in, and nothing is sent
 * while the server cannot be reached.
 */
@Service()
export class StreamClient {
  private readonly online = inject(Online);
  private readonly signInAgain = inject(SignInAgain);

  get(url: string, headers: Record<string, string>, signal: AbortSignal): Promise<Response> {
    return this.open(url, { headers, signal });
  }

  /** @throws ProblemError when it was not sent at all. */
  async post(url: string, body: unknown, signal: AbortSignal): Promise<Response> {
    if (!this.online.active()) throw new ProblemError(noAnswer(`POST ${url} was not sent.`));
    const headers = { 'content-type': 'application/json' };
    return this.open(url, { method: 'POST', body: JSON.stringify(body), headers, signal });
  }

  private async open(url: string, init: RequestInit & { headers: Record<string, string> }): Promise<Response> {
    const headers = { ...init.headers, accept: 'text/event-stream' };
    for (;;) {
      const response = await this.ask(url, { ...init, headers, credentials: 'same-origin' });
      if (response.status !== UNAUTHENTICATED) return response;
      await this.signInAgain.wait();
    }
  }

  private async ask(url: string, init: RequestInit): Promise<Response> {
    try {
      const response = await fetch(url, init);
      if (isSilent(response.status)) this.online.missed();
      else this.online.answered();
      return response;
    } catch (error) {
      if (!init.signal?.aborted) this.online.missed();
      throw error;
    }
  }
}
