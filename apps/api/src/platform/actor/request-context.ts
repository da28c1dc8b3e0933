import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable } from '@nestjs/common';
import type { Actor } from './current-actor.js';

/** What is known about the request being answered. */
export interface RequestContext {
  /** Names the request in logs and problems. */
  readonly id: string;
  /** Where it comes from, as far as the trusted proxies tell. */
  readonly address: string | null;
  /** Set once the request has proved who it is. */
  actor?: Actor;
}

/** Carries the context of a request along its asynchronous work. */
@Injectable()
export class RequestContexts {
  private readonly running = new AsyncLocalStorage<RequestContext>();

  /** The request being answered; undefined outside of requests and on the chat path, which pays for no context. */
  current(): RequestContext | undefined {
    return this.running.getStore();
  }

  run<T>(context: RequestContext, work: () => T): T {
    return this.running.run(context, work);
  }
}
