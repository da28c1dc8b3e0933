import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Router, type Request } from 'express';
import staticFiles from 'express-static-gzip';

/** Everything the server itself answers; the console never takes these paths. */
const SERVER_PATH = /^\/(api|v1|docs|health|metrics)(\/|$)|^\/openapi/i;
/** How the console's own addresses look; whatever is written more oddly may be meant to pass for a path of the server's. */
const PAGE_PATH = /^(\/[\w~-]+)*\/?$/;
/** The build puts a hash of the content into these names, so what they hold never changes. */
const HASHED = /-[\w-]{8}\.\w+(\.br)?$/;

const NOT_BUILT = 'The console is not built; run "npm start", or "npx nx build admin".\n';

/** Serves the built console: its files, and its page for every address of its own. */
export function serveConsole(root: string): Router {
  const router = Router();
  const index = join(root, 'index.html');
  const files = staticFiles(root, {
    // The build leaves a compressed copy beside what is worth it; better than what could be made at each request.
    enableBrotli: true,
    orderPreference: ['br'],
    index: false,
    serveStatic: {
      index: false,
      redirect: false,
      setHeaders: (response, path) =>
        void response.setHeader(
          'Cache-Control',
          HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
        ),
    },
  });
  router.use((request, response, next) => (isForConsole(request) ? files(request, response, next) : next()));
  router.use((request, response, next) => {
    if (!isForConsole(request) || !request.accepts('html') || !PAGE_PATH.test(request.path)) return next();
    if (!existsSync(index)) return void response.status(503).type('text/plain').send(NOT_BUILT);
    response.setHeader('Cache-Control', 'no-cache');
    response.sendFile(index);
  });
  return router;
}

function isForConsole({ method, path }: Request): boolean {
  return (method === 'GET' || method === 'HEAD') && !SERVER_PATH.test(path);
}
