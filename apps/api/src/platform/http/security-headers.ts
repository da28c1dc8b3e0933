import helmet from 'helmet';
import compression from 'compression';
import type { RequestHandler } from 'express';

/** What a browser may load from us: our own files, and the styles that Angular and Swagger UI put into the page. */
export function securityHeaders(): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      directives: {
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
    referrerPolicy: { policy: 'same-origin' },
  });
}

/** Makes answers smaller, but never holds back a stream. */
export function compressedAnswers(): RequestHandler {
  return compression({
    filter: (request, response) =>
      !String(response.getHeader('Content-Type') ?? '').startsWith('text/event-stream') &&
      compression.filter(request, response),
  });
}
