import type * as OpenidClient from 'openid-client';
import type { Environment } from '../../platform/config/environment.js';
import type { ProvenIdentity } from './identity-provider.js';

const LONGEST_WORDS = 200;

/** Providers that do not put everything into the identity token tell the rest when asked with the access token. */
export function needsMore(
  token: OpenidClient.IDToken,
  { OPSAGENT_OIDC_ROLE_CLAIM: claim }: Environment,
  configuration: OpenidClient.Configuration,
): boolean {
  if (configuration.serverMetadata().userinfo_endpoint === undefined) return false;
  return token['email'] === undefined || (claim !== undefined && !hasClaim(token, claim));
}

/** The address and whether it is verified come from the same place, the signed one first. */
export function identityOf(token: OpenidClient.IDToken, more: Readonly<Record<string, unknown>>): ProvenIdentity {
  const { email, email_verified } = token['email'] === undefined ? more : token;
  return {
    ...{ issuer: token.iss, subject: token.sub },
    email: typeof email === 'string' ? email : null,
    isEmailVerified: email_verified === true,
    claims: { ...more, ...token },
  };
}

/** The names of an error, without what the provider sent: that may hold tokens. */
export function wordsOf(error: unknown, client: typeof OpenidClient): string {
  if (error instanceof client.AuthorizationResponseError || error instanceof client.ResponseBodyError)
    return `the provider refused: ${error.error}`.slice(0, LONGEST_WORDS);
  if (error instanceof client.ClientError) return `${error.message} (${error.code ?? 'no code'})`;
  return error instanceof Error ? error.name : 'unknown error';
}

/** An error and what lies behind it. */
export function causesOf(error: unknown): unknown[] {
  return error instanceof Error ? [error, ...causesOf(error.cause)] : [];
}

/** By `client_secret_basic`, which every provider has to know (OpenID Connect Core §9), unless it says that it does not. */
export function bySecret(client: typeof OpenidClient, secret: string): OpenidClient.ClientAuth {
  const [basic, post] = [client.ClientSecretBasic(secret), client.ClientSecretPost(secret)];
  return (server, ...rest) => {
    const known = server.token_endpoint_auth_methods_supported;
    return known === undefined || known.includes('client_secret_basic')
      ? basic(server, ...rest)
      : post(server, ...rest);
  };
}

function hasClaim(token: OpenidClient.IDToken, claim: string): boolean {
  return Object.hasOwn(token, claim) || Object.hasOwn(token, claim.split('.')[0] ?? claim);
}
