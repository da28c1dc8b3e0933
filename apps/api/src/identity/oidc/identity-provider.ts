/** What a browser has to bring back, and what its identity token has to name. */
export interface SignInChecks {
  readonly state: string;
  readonly nonce: string;
  /** Proves to the provider that the code comes back from where it was asked for (PKCE, RFC 7636). */
  readonly verifier: string;
}

/** Somebody as the provider knows them. */
export interface ProvenIdentity {
  readonly issuer: string;
  readonly subject: string;
  readonly email: string | null;
  /** Only the boolean `true` of the provider counts. */
  readonly isEmailVerified: boolean;
  readonly claims: Readonly<Record<string, unknown>>;
}

/** The OpenID Connect provider that people may sign in with. */
export abstract class IdentityProvider {
  /** What it is called; null where none is set up. */
  abstract readonly name: string | null;

  /** Whether it is this one that vouches under that name. */
  abstract isIssuer(issuer: string): boolean;

  /** Where to send a browser. @throws OidcRefused */
  abstract begin(): Promise<{ url: string; checks: SignInChecks }>;

  /** Asks the provider who came back with this query. @throws OidcRefused */
  abstract finish(query: string, checks: SignInChecks): Promise<ProvenIdentity>;
}
