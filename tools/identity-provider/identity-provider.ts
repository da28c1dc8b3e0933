import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider, { type Configuration } from 'oidc-provider';

/** What the provider tells of somebody; the key of a person is the login. */
export type Claims = Readonly<Record<string, unknown>>;

/** How the product is registered. */
export const CLIENT = { id: 'opsagent', secret: 'a-client-secret-of-forty-characters-and-more' };

/** A running provider; sign-in pages are its own, and any password will do. */
export interface IdentityProvider {
  readonly issuer: string;
  /** Who can sign in, and as what; may be changed while it runs. */
  readonly people: Map<string, Claims>;
  /** Stops listening; starting again keeps what it knows. */
  close(): Promise<void>;
  reopen(): Promise<void>;
}

/** Starts a real OpenID Connect provider on this machine, which sends browsers back to the product at `publicUrl`. */
export async function startIdentityProvider(publicUrl: string): Promise<IdentityProvider> {
  const people = new Map<string, Claims>();
  // The issuer is its address, which is known once it listens.
  let answer: RequestListener = (_request, response) => void response.destroy();
  const server = createServer((request, response) => answer(request, response));
  await listening(server, 0);
  const { port } = server.address() as AddressInfo;
  const issuer = `http://localhost:${port}`;
  const handle = quietly(() => new Provider(issuer, configuration(publicUrl, people))).callback();
  answer = (request, response) => void handle(request, response);
  return { issuer, people, close: () => closed(server), reopen: () => listening(server, port) };
}

function configuration(publicUrl: string, people: Map<string, Claims>): Configuration {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: [`${publicUrl}/api/auth/oidc/callback`],
      },
    ],
    claims: { openid: ['sub', 'groups'], email: ['email', 'email_verified'], profile: ['name'] },
    cookies: { keys: [randomUUID()] },
    findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, ...people.get(id) }) }),
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: 'first' }] },
    pkce: { required: () => true },
    ttl: { AccessToken: 600, AuthorizationCode: 60, IdToken: 600, Interaction: 600, Grant: 600, Session: 600 },
  };
}

/** It warns of being what it is here: a provider for tests. */
function quietly<T>(make: () => T): T {
  const { warn } = console;
  console.warn = () => undefined;
  try {
    return make();
  } finally {
    console.warn = warn;
  }
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((done, failed) => server.once('error', failed).listen(port, 'localhost', done));
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((done) => server.close(() => done()));
}
