import type { Request, Response } from 'express';
import type { UserActor } from '../platform/actor/authenticator.js';
import { CrossSite } from '../platform/errors/access.errors.js';
import { isLoopbackName } from '../platform/http/loopback-name.js';
import { hashOf } from './credential.js';

const SECURE_NAME = '__Host-opsagent';
const PLAIN_NAME = 'opsagent';
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Whether the cookie may be marked `Secure`: over HTTPS, and on loopback, which browsers trust without it. */
export function isSecureTransport(request: Request): boolean {
  return request.secure || isLoopbackName(request.hostname);
}

/** The sign-in that a browser sends; null without one. */
export function readCookie(request: Request): string | null {
  return cookieOf(request, cookieName(request));
}

/** One cookie by its name, as it was sent. */
export function cookieOf(request: Request, name: string): string | null {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [key, ...value] = part.trim().split('=');
    if (key === name && value.length > 0) return value.join('=');
  }
  return null;
}

/** What is stored of the sign-in that asks; null for another credential. */
export function currentSignIn({ credential }: UserActor, request: Request): Buffer | null {
  const cookie = credential === 'sign_in' ? readCookie(request) : null;
  return cookie === null ? null : hashOf(cookie);
}

/** Hands a sign-in to the browser: out of reach of scripts and of other sites. */
export function setCookie(request: Request, response: Response, value: string, maxAgeMs: number): void {
  response.cookie(cookieName(request), value, { ...attributes(request), maxAge: maxAgeMs });
}

export function clearCookie(request: Request, response: Response): void {
  response.clearCookie(cookieName(request), attributes(request));
}

/** A cookie goes along with whatever a browser is made to send, so a change must come from our own pages. @throws CrossSite */
export function requireOwnOrigin(request: Request): void {
  if (SAFE_METHODS.has(request.method)) return;
  const { origin, 'sec-fetch-site': site } = request.headers;
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw new CrossSite();
  if (origin !== undefined && !isOwn(origin, request)) throw new CrossSite();
}

/**
 * Where everybody is let in, only this machine's own names will do: another name that was made to point here would let
 * in the web pages of whoever owns it (DNS rebinding). @throws CrossSite
 */
export function requireLoopbackName(request: Request): void {
  if (!isLoopbackName(request.hostname)) throw new CrossSite();
}

/** The scheme may differ behind a proxy that is not trusted; host and port may not. */
function isOwn(origin: string, request: Request): boolean {
  return URL.canParse(origin) && new URL(origin).host === request.host;
}

function cookieName(request: Request): string {
  return isSecureTransport(request) ? SECURE_NAME : PLAIN_NAME;
}

function attributes(request: Request): { httpOnly: true; sameSite: 'strict'; path: '/'; secure: boolean } {
  return { httpOnly: true, sameSite: 'strict', path: '/', secure: isSecureTransport(request) };
}
