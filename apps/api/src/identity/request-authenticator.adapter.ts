import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { CredentialKind } from '@opsagent/contracts';
import type { Request } from 'express';
import { Authenticator, type UserActor } from '../platform/actor/authenticator.js';
import { Clock } from '../platform/clock/clock.js';
import { Environment } from '../platform/config/environment.js';
import { Unauthenticated } from '../platform/errors/access.errors.js';
import { hashOf } from './credential.js';
import { FirstAdmin } from './first-admin.js';
import { TokenExpired } from './identity.errors.js';
import { type Holder, KnownCredentials } from './known-credentials.js';
import { OpenRequests } from './open-requests.js';
import { readCookie, requireLoopbackName, requireOwnOrigin } from './sign-in-cookie.js';
import { SignInRepository } from './sign-in.repository.js';
import { SIGN_IN_MS } from './sign-in.service.js';
import { labelOf } from './user-label.js';
import { UserRepository } from './user.repository.js';
import { UserTokenRepository } from './user-token.repository.js';

const HALF_TIME_MS = SIGN_IN_MS / 2;

/** Knows users by the console's cookie, by a personal token, or lets everybody in where authentication is off. */
@Injectable()
export class RequestAuthenticator extends Authenticator {
  private readonly adminTokenHash: Buffer | null;

  constructor(
    private readonly environment: Environment,
    private readonly signIns: SignInRepository,
    private readonly tokens: UserTokenRepository,
    private readonly users: UserRepository,
    private readonly known: KnownCredentials,
    private readonly open: OpenRequests,
    private readonly firstAdmin: FirstAdmin,
    private readonly clock: Clock,
  ) {
    super();
    const token = environment.OPSAGENT_ADMIN_TOKEN;
    this.adminTokenHash = token === undefined ? null : hashOf(token);
  }

  override async authenticate(request: Request): Promise<UserActor> {
    if (this.environment.OPSAGENT_AUTH === 'off') return this.byMachine(request);
    const { authorization } = request.headersDistinct;
    // A header that is no good never falls back to the cookie: the sender meant the header.
    if (authorization !== undefined) return this.byToken(authorization, request);
    const cookie = readCookie(request);
    if (cookie === null) throw new Unauthenticated();
    requireOwnOrigin(request);
    return this.bySignIn(hashOf(cookie), request);
  }

  /** Whoever sits at this machine is administrator; the pages of other sites they look at are not. */
  private async byMachine(request: Request): Promise<UserActor> {
    requireLoopbackName(request);
    requireOwnOrigin(request);
    return asActor({ user: await this.firstAdmin.ofTrial() }, 'auth_off', request);
  }

  /** Of two headers a proxy may have looked at the other one, so two are none. */
  private async byToken([authorization = '', ...others]: string[], request: Request): Promise<UserActor> {
    const [, token] = others.length > 0 ? [] : (/^Bearer +(\S+)$/i.exec(authorization) ?? []);
    if (!token) throw new Unauthenticated();
    const hash = hashOf(token);
    const find = () => this.known.find('token', hash, () => this.adminOfEnvironment(hash) ?? this.holderOfToken(hash));
    const holder = await find();
    if (!holder) throw new Unauthenticated();
    this.open.add(holder.user.id, request, async () => (await find()) !== null);
    return asActor(holder, 'token', request);
  }

  private adminOfEnvironment(hash: Buffer): Promise<Holder | null> | null {
    if (!this.adminTokenHash || !timingSafeEqual(hash, this.adminTokenHash)) return null;
    return this.firstAdmin.read().then((user) => (user.isActive ? { user } : null));
  }

  /** @throws TokenExpired */
  private async holderOfToken(hash: Buffer): Promise<Holder | null> {
    const now = this.clock.now();
    const found = await this.tokens.find(hash);
    if (!found) return null;
    const { user, token } = found;
    if (token.expiresAt && token.expiresAt <= now) throw new TokenExpired();
    await this.tokens.used(token.id, now);
    await this.users.seen(user.id, now);
    return { user, token: { scopes: token.scopes, expiresAt: token.expiresAt } };
  }

  private async bySignIn(hash: Buffer, request: Request): Promise<UserActor> {
    const find = () => this.known.find('sign_in', hash, () => this.holderOfSignIn(hash));
    const holder = await find();
    if (!holder) throw new Unauthenticated('You are signed out. Sign in again.');
    this.open.add(holder.user.id, request, async () => (await find()) !== null);
    return asActor(holder, 'sign_in', request);
  }

  private async holderOfSignIn(hash: Buffer): Promise<Holder | null> {
    const now = this.clock.now();
    const found = await this.signIns.findValid(hash, now);
    if (!found) return null;
    const { signIn, user } = found;
    if (signIn.expiresAt.getTime() - now.getTime() < HALF_TIME_MS)
      await this.signIns.prolong(signIn.id, new Date(now.getTime() + SIGN_IN_MS));
    await this.users.seen(user.id, now);
    return { user };
  }
}

function asActor({ user, token }: Holder, credential: CredentialKind, request: Request): UserActor {
  return {
    ...{ kind: 'user', userId: user.id, name: labelOf(user), email: user.email, role: user.role },
    ...{ credential, address: request.ip ?? null },
    ...(token ? { token } : {}),
  };
}
