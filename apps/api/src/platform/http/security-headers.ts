import helmet from 'helmet';
import compression from 'compression';
import type { Request, RequestHandler, Response } from 'express';
import { isLoopbackName } from './loopback-name.js';

/** Text becomes markup in the console only through Angular and the sanitizer of answers. */
const TRUSTED_TYPES = {
  'require-trusted-types-for': ["'script'"],
  'trusted-types': ['angular', 'dompurify'],
};

/** What no page of ours uses, so that nothing that got into one can ask for it. */
const UNUSED_FEATURES = [
  'accelerometer',
  'bluetooth',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'hid',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'usb',
  'xr-spatial-tracking',
];
const PERMISSIONS = UNUSED_FEATURES.map((feature) => `${feature}=()`).join(', ');

/**
 * What a browser may load from us: our own files, and the styles that Angular and Swagger UI put into the page.
 * @param hstsSeconds how long browsers are to use HTTPS only; undefined where a proxy decides about that
 */
export function securityHeaders(hstsSeconds: number | undefined): RequestHandler {
  const strict = headers(TRUSTED_TYPES);
  // Swagger UI writes markup as plain text.
  const forDocs = headers({});
  return (request, response, next) => {
    const apply = /^\/docs(\/|$|\?)/.test(request.url) ? forDocs : strict;
    response.setHeader('Permissions-Policy', PERMISSIONS);
    if (request.secure && hstsSeconds !== undefined)
      response.setHeader('Strict-Transport-Security', `max-age=${hstsSeconds}`);
    isolate(request, response);
    apply(request, response, next);
  };
}

/** Browsers refuse these two where they do not trust the transport, and say so in their console at every page. */
function isolate(request: Request, response: Response): void {
  if (!request.secure && !isLoopbackName(request.hostname)) return;
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
  response.setHeader('Origin-Agent-Cluster', '?1');
}

function headers(more: Record<string, string[]>): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        ...more,
        'default-src': ["'none'"],
        'script-src': ["'self'"],
        'style-src': ["'self'", "'unsafe-inline'"],
        'img-src': ["'self'", 'data:', 'blob:'],
        'font-src': ["'self'", 'data:'],
        'connect-src': ["'self'"],
        'manifest-src': ["'self'"],
        'worker-src': ["'self'"],
        'base-uri': ["'self'"],
        'form-action': ["'self'"],
        'frame-ancestors': ["'none'"],
      },
    },
    // Set above, where browsers take them.
    strictTransportSecurity: false,
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
    xFrameOptions: { action: 'deny' },
    referrerPolicy: { policy: 'same-origin' },
  });
}

/** What the API says is for whoever asked, now: no cache on the way may keep it. */
export function neverCached(): RequestHandler {
  return (request, response, next) => {
    if (request.url.startsWith('/api/')) response.setHeader('Cache-Control', 'no-store');
    next();
  };
}

/** Makes answers smaller, but never holds back a stream. */
export function compressedAnswers(): RequestHandler {
  return compression({
    filter: (request, response) =>
      !String(response.getHeader('Content-Type') ?? '').startsWith('text/event-stream') &&
      compression.filter(request, response),
  });
}
