import { inject, Service } from '@angular/core';
import { SignInAgain } from './sign-in-again.js';

const UNAUTHENTICATED = 401;

/** Opens streams: HttpClient reads none as it comes. Like all other calls these wait for a new sign-in. */
@Service()
export class StreamClient {
  private readonly signInAgain = inject(SignInAgain);

  get(url: string, headers: Record<string, string>, signal: AbortSignal): Promise<Response> {
    return this.open(url, { headers, signal });
  }

  post(url: string, body: unknown, signal: AbortSignal): Promise<Response> {
    const headers = { 'content-type': 'application/json' };
    return this.open(url, { method: 'POST', body: JSON.stringify(body), headers, signal });
  }

  private async open(url: string, init: RequestInit & { headers: Record<string, string> }): Promise<Response> {
    const headers = { ...init.headers, accept: 'text/event-stream' };
    for (;;) {
      const response = await fetch(url, { ...init, headers, credentials: 'same-origin' });
      if (response.status !== UNAUTHENTICATED) return response;
      await this.signInAgain.wait();
    }
  }
}
