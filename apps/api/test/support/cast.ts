import { createHash, randomBytes } from 'node:crypto';
import type { Role, TokenScope } from '@opsagent/contracts';
import { appKeyHash } from '../../src/dify/apps/app-key-text.js';
import type { TestApp } from './test-app.js';

/** Something a request may prove itself by, and what there is to know about it. */
export interface Credential {
  readonly name: string;
  readonly headers: Record<string, string>;
  /** Who stands behind it on `/api`; nobody where it is absent. */
  readonly user?: { readonly role: Role; readonly scopes?: readonly TokenScope[]; readonly isCrossSite?: boolean };
  /** Whether `/v1` takes it. */
  readonly isAppKey?: boolean;
  /** The code of the refusal, where it is not the usual one. */
  readonly refusedAs?: string;
}

const COOKIE = '__Host-opsagent';

interface TokenFacts {
  role?: Role;
  scopes?: readonly TokenScope[];
  expiresAt?: Date | null;
  isActive?: boolean;
}

/** Makes users and apps with what they prove themselves by, straight in the database. */
export class Cast {
  constructor(private readonly server: TestApp) {}

  async user(role: Role, isActive = true): Promise<string> {
    const [row] = await this.server.query<{ id: string }>(
      'insert into users (email, role, is_active) values ($1, $2, $3) returning id',
      [`${crypto.randomUUID()}@example.org`, role, isActive],
    );
    return row?.id ?? '';
  }

  /** The value of a personal token of a new user. */
  async token({
    role = 'admin',
    scopes = ['all'],
    expiresAt = null,
    isActive = true,
  }: TokenFacts = {}): Promise<string> {
    const token = `ops-${secret()}`;
    await this.server.query(
      'insert into user_tokens (user_id, name, token_hash, last_four, scopes, expires_at) values ($1, $2, $3, $4, $5, $6)',
      [await this.user(role, isActive), 'test', hash(token), token.slice(-4), scopes, expiresAt],
    );
    return token;
  }

  /** The value of the cookie of a new user. */
  async cookie(role: Role, endsIn = '1 day', isActive = true): Promise<string> {
    const value = secret();
    await this.server.query(
      'insert into sign_ins (user_id, token_hash, expires_at) values ($1, $2, now() + $3::interval)',
      [await this.user(role, isActive), hash(value), endsIn],
    );
    return value;
  }

  /** A key of an app like the first one, with which it shares nothing. */
  async appKey({ revoked = false, expired = false } = {}): Promise<string> {
    const key = `app-${secret().slice(0, 24)}`;
    await this.server.query(
      `with a as (insert into apps select a.* from (select * from apps order by created_at limit 1) f,
         jsonb_populate_record(null::apps, to_jsonb(f) || jsonb_build_object('id', gen_random_uuid())) a returning id)
       insert into app_keys (id, app_id, name, key_hash, last_four, expires_at, revoked_at)
         select gen_random_uuid(), id, 'test', $1, $2, case when $3 then now() end, case when $4 then now() end from a`,
      [Buffer.from(appKeyHash(key), 'hex'), key.slice(-4), expired, revoked],
    );
    return key;
  }

  /** Everybody there is: who is let in, and who is not. */
  async everybody(): Promise<Credential[]> {
    return [...(await this.strangers()), ...(await this.users()), ...(await this.signedIn()), ...(await this.apps())];
  }

  private async users(): Promise<Credential[]> {
    const roles = ['viewer', 'operator', 'approver', 'auditor', 'admin'] as const;
    const scopes = ['read', 'sessions', 'llm_configs', 'apps', 'users', 'settings'] as const;
    const all: { role: Role; scopes: readonly TokenScope[] }[] = [
      ...roles.map((role) => ({ role, scopes: ['all'] as const })),
      ...scopes.map((scope) => ({ role: 'admin' as const, scopes: [scope] })),
      { role: 'viewer', scopes: ['read', 'users'] },
      { role: 'admin', scopes: scopes },
    ];
    return Promise.all(
      all.map(async (user) => ({
        ...{ name: `${user.role} with ${user.scopes.join()}`, user },
        headers: bearer(await this.token(user)),
      })),
    );
  }

  private async signedIn(): Promise<Credential[]> {
    const cookieOf = async (role: Role): Promise<string> => `${COOKIE}=${await this.cookie(role)}`;
    const { url } = this.server;
    const foreign = {
      'a foreign origin': { origin: 'https://evil.example' },
      'the origin null': { origin: 'null' },
      'an origin that begins like ours': { origin: `${url}.evil.example` },
      'our host in a foreign origin': { origin: `https://evil.example/${url}` },
      'another port': { origin: url.replace(/\d+$/, '1') },
      'a foreign site': { 'sec-fetch-site': 'cross-site' },
      'a neighbouring site': { 'sec-fetch-site': 'same-site' },
      'a foreign origin that claims to be ours': { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
    };
    return [
      // Browsers always say where a change comes from; what says nothing is a program that was given the cookie.
      { name: 'cookie of an operator', user: { role: 'operator' }, headers: { cookie: await cookieOf('operator') } },
      {
        ...{ name: 'cookie of an admin on our page', user: { role: 'admin' } },
        headers: { cookie: await cookieOf('admin'), origin: url, 'sec-fetch-site': 'same-origin' },
      },
      ...(await Promise.all(
        Object.entries(foreign).map(async ([name, headers]): Promise<Credential> => ({
          ...{ name: `cookie from ${name}`, user: { role: 'admin', isCrossSite: true } },
          headers: { cookie: await cookieOf('admin'), ...headers },
        })),
      )),
    ];
  }

  private async apps(): Promise<Credential[]> {
    return [
      { name: 'key of an app', headers: bearer(await this.appKey()), isAppKey: true },
      { name: 'revoked key of an app', headers: bearer(await this.appKey({ revoked: true })) },
      { name: 'expired key of an app', headers: bearer(await this.appKey({ expired: true })) },
    ];
  }

  private async strangers(): Promise<Credential[]> {
    const token = await this.token();
    const cookie = await this.cookie('admin');
    const authorizations = {
      ...{ 'an empty header': '', 'Bearer alone': 'Bearer', 'an empty bearer': 'Bearer ', 'no scheme': token },
      ...{ garbage: 'Bearer garbage', 'a truncated token': `Bearer ${token.slice(0, -1)}` },
      ...{ 'a longer token': `Bearer ${token}x`, 'a token in upper case': `Bearer ${token.toUpperCase()}` },
      ...{ 'a token in quotes': `Bearer "${token}"`, 'two tokens': `Bearer ${token}, Bearer ${token}` },
      ...{ 'a token and more': `Bearer ${token} ${token}`, 'another scheme': `Token ${token}` },
      ...{ basic: `Basic ${Buffer.from(`admin@example.org:${token}`).toString('base64')}` },
      ...{ 'the hash of a token': `Bearer ${hash(token).toString('hex')}`, SQL: "Bearer ' or 1=1 --" },
      ...{ 'a JWT of no algorithm': `Bearer ${jwt('none')}`, 'a JWT of HS256': `Bearer ${jwt('HS256')}` },
      ...{ 'a cookie as token': `Bearer ${cookie}`, 'a very long token': `Bearer ${'a'.repeat(8000)}` },
      'the token of a user switched off': `Bearer ${await this.token({ isActive: false })}`,
    };
    const cookies = {
      ...{ 'an empty cookie': `${COOKIE}=`, 'a truncated cookie': `${COOKIE}=${cookie.slice(0, -1)}` },
      ...{ 'a token as cookie': `${COOKIE}=${token}`, 'a cookie of another name': `opsagent=${cookie}` },
      'a cookie name in another case': `${COOKIE.toLowerCase()}=${cookie}`,
      'an expired cookie': `${COOKIE}=${await this.cookie('admin', '-1 second')}`,
      'the cookie of a user switched off': `${COOKIE}=${await this.cookie('admin', '1 day', false)}`,
    };
    const others = {
      ...{ 'a token elsewhere': { 'x-api-key': token, 'proxy-authorization': `Bearer ${token}` } },
      'names of proxies': { 'x-forwarded-user': 'admin@example.org', 'x-remote-user': 'admin@example.org' },
    };
    const expired = bearer(await this.token({ expiresAt: new Date(Date.now() - 1000) }));
    return [
      { name: 'nothing', headers: {} },
      ...Object.entries(authorizations).map(([name, authorization]) => ({ name, headers: { authorization } })),
      // A header that is no good is meant; the good cookie beside it is not asked.
      { name: 'a wrong token and a right cookie', headers: { ...bearer('wrong'), cookie: `${COOKIE}=${cookie}` } },
      ...Object.entries(cookies).map(([name, value]) => ({ name, headers: { cookie: value } })),
      ...Object.entries(others).map(([name, headers]) => ({ name, headers })),
      { name: 'an expired token', headers: expired, refusedAs: 'identity/token-expired' },
    ];
  }
}

export function bearer(token: string): { authorization: string } {
  return { authorization: `Bearer ${token}` };
}

function secret(): string {
  return randomBytes(32).toString('base64url');
}

function hash(value: string): Buffer {
  return createHash('sha256').update(value).digest();
}

function jwt(alg: string): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg, typ: 'JWT' })}.${part({ sub: 'admin', role: 'admin' })}.${alg === 'none' ? '' : 'c2ln'}`;
}
