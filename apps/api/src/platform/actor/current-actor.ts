import type { CredentialKind, Role } from '@opsagent/contracts';

/** Somebody on whose behalf something is done. */
export type Actor =
  | { kind: 'user'; userId: string; name: string; role: Role; credential: CredentialKind; address: string | null }
  | { kind: 'app'; appId: string; name: string; address: string | null }
  | { kind: 'system'; name: string };

/** Who is acting in this request; outside of requests it is the system itself. */
export abstract class CurrentActor {
  abstract get(): Actor;
  /** The acting user. @throws Forbidden when no user acts. */
  abstract user(): Extract<Actor, { kind: 'user' }>;
}
