import type { Request } from 'express';
import type { Actor } from './current-actor.js';

/** A user, as a request proved it. */
export type UserActor = Extract<Actor, { kind: 'user' }>;

/** Finds out which user sends a request to `/api`. */
export abstract class Authenticator {
  /** @throws Unauthenticated without a valid credential; CrossSite when a browser sends it for another site. */
  abstract authenticate(request: Request): Promise<UserActor>;
}

/** Finds out which app sends a request to `/v1`; the wire behind it attaches what it needs to the request. */
export abstract class AppKeys {
  /** @throws the wire's own exceptions without a valid key. */
  abstract authenticate(authorization: string | undefined, request: Request): Promise<void> | void;
}
