import helmet from 'helmet';
import compression from 'compression';
import type { RequestHandler } from 'express';

/** Text becomes markup in the console only through Angular and the sanitizer of answers. */
const TRUSTED_TYPES = {
  'require-trusted-types-for': ["'script'"],
  'trusted-types': ['angular', 'dompurify'],
};

/** What a browser may load from us: our own files, and the styles that Angular and Swagger UI put into the page. */
export function securityHeaders(): RequestHandler {
  const strict = headers(TRUSTED_TYPES);
  // Swagger UI writes markup as plain text.
  const forDocs = headers({});
  return (request, response, next) => {
    const apply = /^\/docs(\/|$|\?)/.test(request.url) ? forDocs : strict;
    apply(request, response, next);
  };
}

function headers(more: Record<string, string[]>): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      directives: {
        ...more,
        'default-src': ["'self'"],
        'script-src': ["'self'"],
        'style-src': ["'self'", "'unsafe-inline'"],
        'img-src': ["'self'", 'data:', 'blob:'],
        'font-src': ["'self'", 'data:'],
        'connect-src': ["'self'"],
        'frame-ancestors': ["'none'"],
        // Installations without TLS exist.
        'upgrade-insecure-requests': null,
      },
    },
    // A proxy that ends TLS decides about this.
    strictTransportSecurity: false,
    // Browsers refuse these two over plain HTTP, and say so in their console at every page.
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
