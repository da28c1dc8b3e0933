import { Injectable } from '@nestjs/common';
import { Forbidden } from '../errors/access.errors.js';
import { type Actor, CurrentActor } from './current-actor.js';
import { RequestContexts } from './request-context.js';

const SYSTEM: Actor = { kind: 'system', name: 'OpsAgent' };

/** Takes the actor from the request's context. */
@Injectable()
export class RequestActor extends CurrentActor {
  constructor(private readonly contexts: RequestContexts) {
    super();
  }

  override get(): Actor {
    return this.contexts.current()?.actor ?? SYSTEM;
  }

  override user(): Extract<Actor, { kind: 'user' }> {
    const actor = this.get();
    if (actor.kind !== 'user') throw new Forbidden('Only a user may do this.');
    return actor;
  }
}
