import { DestroyRef, inject, Service } from '@angular/core';

/** Tells the other pages of this browser that something happened in a session, so that they follow it too. */
@Service()
export class SessionNews {
  private readonly channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('oa.sessions');
  private readonly listeners = new Set<(sessionId: string) => void>();

  constructor() {
    this.channel?.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (typeof data === 'string') for (const listener of this.listeners) listener(data);
    });
    inject(DestroyRef).onDestroy(() => this.channel?.close());
  }

  tell(sessionId: string): void {
    this.channel?.postMessage(sessionId);
  }

  /** @returns a function that ends the listening. */
  listen(listener: (sessionId: string) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
