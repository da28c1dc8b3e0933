import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { AppKeys } from '../../platform/actor/authenticator.js';
import { Environment } from '../../platform/config/environment.js';
import { RequestLimits } from '../../platform/limits/limits.js';
import { isLoopbackName } from '../../platform/http/loopback-name.js';
import { DifyForbidden, Unauthorized } from '../wire/dify-error.js';
import { attachApp } from '../wire/request.js';
import type { App } from './app.entity.js';
import { KnownApps } from './known-apps.js';

/** Finds out which app a call on `/v1` is for, and answers the way Dify does when it is for none. */
@Injectable()
export class AppKeyAdapter extends AppKeys {
  private readonly isOpen: boolean;

  constructor(
    private readonly knownApps: KnownApps,
    private readonly limits: RequestLimits,
    environment: Environment,
  ) {
    super();
    this.isOpen = environment.OPSAGENT_AUTH === 'off';
  }

  override authenticate(authorization: string | undefined, request: Request): Promise<void> | void {
    const app = this.isOpen ? this.appOfAnyone(authorization, request) : this.knownApps.byKey(keyOf(authorization));
    if (app instanceof Promise) return app.then((found) => this.admit(found, request));
    return this.admit(app, request);
  }

  /** Without authentication a key still chooses its app; whatever is none chooses the first. */
  private appOfAnyone(authorization: string | undefined, request: Request): App | Promise<App> {
    if (!isOfThisMachine(request)) throw new DifyForbidden('Without authentication only this machine is served.');
    const key = bearerOf(authorization);
    const app = key === null ? null : this.knownApps.byKey(key);
    if (app instanceof Promise) return app.then((found) => found ?? this.knownApps.first());
    return app ?? this.knownApps.first();
  }

  private admit(app: App | null, request: Request): Promise<void> | void {
    if (app === null) throw new Unauthorized('Access token is invalid');
    if (app.deletedAt !== null) throw new DifyForbidden('The app no longer exists.');
    if (!app.isEnabled) throw new DifyForbidden("The app's API service has been disabled.");
    attachApp(request, app);
    const key = bearerOf(request.headers.authorization);
    const keyId = key === null ? null : this.knownApps.keyIdOf(key);
    const ofKey = keyId === null ? [] : [{ kind: 'app_key', id: keyId } as const];
    return this.limits.take([{ kind: 'app', id: app.id }, ...ofKey], 'app-key');
  }
}

/** Anybody's web page may call `/v1` from a browser; without keys, only pages of this machine may, under a name of its own. */
function isOfThisMachine({ hostname, headers: { origin } }: Request): boolean {
  return isLoopbackName(hostname) && (origin === undefined || isLoopbackName(URL.parse(origin)?.hostname ?? ''));
}

/** @throws Unauthorized in Dify's words. */
function keyOf(authorization: string | undefined): string {
  if (!authorization?.includes(' ')) {
    throw new Unauthorized("Authorization header must be provided and start with 'Bearer'");
  }
  const key = bearerOf(authorization);
  if (key === null) throw new Unauthorized("Authorization scheme must be 'Bearer'");
  return key;
}

function bearerOf(authorization: string | undefined): string | null {
  return /^\s*bearer\s+(.+?)\s*$/i.exec(authorization ?? '')?.[1] ?? null;
}
