import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Parts of an identity token that a test wants otherwise than they should be. */
export interface Forgery {
  readonly header?: Readonly<Record<string, unknown>>;
  readonly claims?: Readonly<Record<string, unknown>>;
  /** How the token is signed; by the issuer's own key unless told. */
  readonly by?: 'own' | 'other' | 'nothing' | { readonly secret: string };
}

/** An issuer that answers every code with the token it was told to forge. */
export interface HostileIssuer {
  readonly issuer: string;
  /** What the next answers hold; `null` answers without an identity token. */
  forgery: Forgery | null;
  /** What the identity token has to name, as the browser was sent with it. */
  nonce: string;
  /** How many codes were brought. */
  asked: number;
  close(): Promise<void>;
}

const CLIENT_ID = 'opsagent';

/** Starts one on this machine. It names every algorithm there is as its own. */
export async function startHostileIssuer(): Promise<HostileIssuer> {
  const [own, other] = [keys(), keys()];
  const server = createServer((request, response) => {
    const answer = answerTo(request.url ?? '');
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const hostile: HostileIssuer = {
    ...{ issuer, forgery: {}, nonce: '', asked: 0 },
    close: () => new Promise((done) => server.close(() => done())),
  };
  const answerTo = (path: string): object => {
    if (path.startsWith('/jwks'))
      return { keys: [{ ...own.publicKey.export({ format: 'jwk' }), kid: 'one', use: 'sig' }] };
    if (path.startsWith('/token')) return tokens(hostile, own.privateKey, other.privateKey);
    return {
      ...{ issuer, authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token` },
      jwks_uri: `${issuer}/jwks`,
      id_token_signing_alg_values_supported: ['RS256', 'HS256', 'none'],
    };
  };
  return hostile;
}

function tokens(hostile: HostileIssuer, own: KeyObject, other: KeyObject): object {
  hostile.asked += 1;
  const { forgery, issuer, nonce } = hostile;
  const answer = { access_token: 'planted-access-token', token_type: 'Bearer', expires_in: 60 };
  if (forgery === null) return answer;
  const now = Math.floor(Date.now() / 1000);
  const person = { sub: 'mallory', email: 'mallory@example.org', email_verified: true };
  const claims = { iss: issuer, aud: CLIENT_ID, iat: now, exp: now + 60, nonce, ...person, ...forgery.claims };
  const input = [{ alg: 'RS256', kid: 'one', ...forgery.header }, claims].map(encoded).join('.');
  return { ...answer, id_token: `${input}.${signatureOf(input, forgery.by ?? 'own', { own, other })}` };
}

function signatureOf(
  input: string,
  by: NonNullable<Forgery['by']>,
  keys: { own: KeyObject; other: KeyObject },
): string {
  if (by === 'nothing') return '';
  if (typeof by === 'object') return createHmac('sha256', by.secret).update(input).digest('base64url');
  return sign('sha256', Buffer.from(input), keys[by]).toString('base64url');
}

function encoded(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}

function keys() {
  return generateKeyPairSync('rsa', { modulusLength: 2048 });
}
