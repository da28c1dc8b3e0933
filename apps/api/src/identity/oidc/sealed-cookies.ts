import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Clock } from '../../platform/clock/clock.js';
import { SecretBox, SecretUnreadable } from '../../platform/secrets/secret-box.js';
import { cookieOf, isSecureTransport } from '../sign-in-cookie.js';

const LIFE_MS = 10 * 60 * 1000;

/**
 * A note that a browser keeps for ten minutes without being able to read or change it. `flow` has to come along when the
 * provider, another site, sends the browser back, so it is the one cookie with SameSite=Lax; it opens nothing by itself.
 */
export interface SealedCookie {
  readonly name: 'flow' | 'link';
  readonly sameSite: 'lax' | 'strict';
}

/** Hands such notes out and takes them back. */
@Injectable()
export class SealedCookies {
  constructor(
    private readonly secrets: SecretBox,
    private readonly clock: Clock,
  ) {}

  hand(cookie: SealedCookie, note: object, request: Request, response: Response): void {
    const text = JSON.stringify({ note, until: this.clock.now().getTime() + LIFE_MS });
    const value = this.secrets.seal(text, placeOf(cookie));
    response.cookie(nameOf(cookie, request), value, {
      ...attributes(cookie, request),
      maxAge: LIFE_MS,
      encode: (sealed) => sealed,
    });
  }

  /** The note, which the browser then forgets; null without one that still holds. */
  take<T>(cookie: SealedCookie, request: Request, response: Response): T | null {
    const sealed = cookieOf(request, nameOf(cookie, request));
    if (sealed === null) return null;
    response.clearCookie(nameOf(cookie, request), attributes(cookie, request));
    const text = this.opened(sealed, cookie);
    if (text === null) return null;
    const { note, until } = JSON.parse(text) as { note: T; until: number };
    return until > this.clock.now().getTime() ? note : null;
  }

  private opened(sealed: string, cookie: SealedCookie): string | null {
    try {
      return this.secrets.open(sealed, placeOf(cookie));
    } catch (error) {
      if (error instanceof SecretUnreadable) return null;
      throw error;
    }
  }
}

function nameOf({ name }: SealedCookie, request: Request): string {
  return `${isSecureTransport(request) ? '__Host-' : ''}opsagent-oidc-${name}`;
}

/** Cookies are no table; the name keeps one kind from being taken for another. */
function placeOf({ name }: SealedCookie) {
  return { table: 'cookies', row: name, column: 'oidc' };
}

function attributes({ sameSite }: SealedCookie, request: Request) {
  return { httpOnly: true, sameSite, path: '/', secure: isSecureTransport(request) } as const;
}
