import { DIALECTS, OLLAMA_PREFIX } from './dialects.ts';
import type { Exchange } from './exchange.ts';
import * as ollama from './ollama/ollama-routes.ts';
import * as openAi from './openai/openai-routes.ts';
import type { RequestLog } from './request-log.ts';
import type { Memory, Methods } from './route.ts';

/** Finds the handler of an exchange by its whole path. */
export class Router {
  private readonly paths = new Map<string, Methods>();

  constructor(log: RequestLog) {
    for (const dialect of DIALECTS) this.add(dialect.prefix, openAi.openAiRoutes(dialect));
    this.add(OLLAMA_PREFIX, ollama.OLLAMA_ROUTES);
    this.add('/faulty', openAi.FAULTY_LISTS);
    this.add('/__', controlRoutes(log));
  }

  /** Answers the exchange, or says why not in the words of the wire its path belongs to. */
  route(exchange: Exchange, memory: Memory): Promise<void> | void {
    const { path, method } = exchange;
    const methods = this.paths.get(path);
    const handle = methods?.[method];
    if (handle) return handle(exchange, memory);
    const wire = isNativeOllama(path) ? ollama : openAi;
    if (!methods) return wire.sendUnknownPath(exchange);
    return wire.sendWrongMethod(exchange, Object.keys(methods).join(', '));
  }

  private add(prefix: string, routes: Readonly<Record<string, Methods>>): void {
    for (const [path, methods] of Object.entries(routes)) this.paths.set(prefix + path, methods);
  }
}

function controlRoutes(log: RequestLog): Readonly<Record<string, Methods>> {
  return {
    health: { GET: (exchange) => exchange.sendJson(200, { status: 'ok' }) },
    log: {
      GET: (exchange) => {
        const model = new URLSearchParams(exchange.query).get('model');
        exchange.sendJson(200, model === null ? log.all() : log.ofModel(model));
      },
      DELETE: (exchange) => {
        log.clear();
        exchange.sendJson(200, { cleared: true });
      },
    },
  };
}

function isNativeOllama(path: string): boolean {
  return path.startsWith(OLLAMA_PREFIX) && !path.startsWith(`${OLLAMA_PREFIX}/v1`);
}
