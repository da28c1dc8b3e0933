import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import type { Request } from 'express';
import { Refusals } from '../audit/refusals.js';
import { RequestContexts } from './request-context.js';

/** Writes down requests that were not let through: without the right to it, or with a credential that is none. */
@Injectable()
export class RefusedRequests {
  private readonly logger = new Logger(RefusedRequests.name);

  constructor(
    private readonly refusals: Refusals,
    private readonly contexts: RequestContexts,
  ) {}

  /** The answer does not depend on it. */
  async record(request: Request, code: string): Promise<void> {
    // The chat path has no context, and a refusal there is nobody's yet.
    const context = this.contexts.current() ?? { id: randomUUID(), address: request.ip ?? null };
    try {
      await this.contexts.run(context, () => this.add(request, code));
    } catch (error) {
      this.logger.warn(error);
    }
  }

  private add(request: Request, code: string): Promise<void> {
    const actor = this.contexts.current()?.actor;
    const route = routeOf(request);
    const isProved = actor?.kind === 'user';
    return this.refusals.record({
      action: isProved ? 'access.refuse' : 'access.refuse_credential',
      targetType: 'route',
      targetId: null,
      targetName: route,
      after: { code },
      source: isProved ? actor.userId : (request.ip ?? ''),
      ...{ name: route, names: 'routes' },
    });
  }
}

/** The pattern of the route, so that nothing of a hand-made address is kept. */
function routeOf({ method, route }: Request): string {
  const { path = '' } = (route ?? {}) as { path?: unknown };
  return `${method} ${typeof path === 'string' ? path : ''}`.trim();
}
