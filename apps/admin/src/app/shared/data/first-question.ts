import { Service } from '@angular/core';

/** Carries the question from the page that opened a session to the conversation that asks it. */
@Service()
export class FirstQuestion {
  private waiting: { sessionId: string; query: string } | null = null;

  put(sessionId: string, query: string): void {
    this.waiting = { sessionId, query };
  }

  /** @returns the question for this session, once. */
  take(sessionId: string): string | null {
    if (this.waiting?.sessionId !== sessionId) return null;
    const { query } = this.waiting;
    this.waiting = null;
    return query;
  }
}
