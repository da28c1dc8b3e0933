import type { CredentialKind, Role, TokenScope } from '@opsagent/contracts';

/** What a personal token is good for, and until when. */
export interface TokenLimits {
  readonly scopes: readonly TokenScope[];
  readonly expiresAt: Date | null;
}

/** Somebody on whose behalf something is done. */
export type Actor =
  | {
      kind: 'user';
      userId: string;
      /** Who it is, for people: the e-mail address, behind a name where there is one. */
      name: string;
      email: string;
      role: Role;
      credential: CredentialKind;
      address: string | null;
      /** Of the personal token that proved it, where one did. */
      token?: TokenLimits;
    }
  | { kind: 'app'; appId: string; name: string; address: string | null }
  | { kind: 'system'; name: string };

/** Who is acting in this request; outside of requests it is the system itself. */
export abstract class CurrentActor {
  abstract get(): Actor;
  /** The acting user. @throws Forbidden when no user acts. */
  abstract user(): Extract<Actor, { kind: 'user' }>;
}
