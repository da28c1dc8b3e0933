import type { Exchange } from '../exchange.ts';
import type { Handler, Methods } from '../route.ts';
import { createChat } from './ollama-chat.ts';
import { OllamaRefusal } from './ollama-faults.ts';
import { createEmbeddings, listTags, showModel } from './ollama-models.ts';

const root: Methods = { GET: sendRunning, HEAD: sendRunning };

/** The paths of Ollama's native wire, below its prefix; it asks for no key. */
export const OLLAMA_ROUTES: Readonly<Record<string, Methods>> = {
  '': root,
  '/': root,
  '/api/chat': { POST: guarded(createChat) },
  '/api/embed': { POST: guarded(createEmbeddings) },
  '/api/show': { POST: guarded(showModel) },
  '/api/tags': { GET: listTags },
  '/api/version': { GET: (exchange) => exchange.sendJson(200, { version: '0.13.0' }) },
};

/** The 404 of the native wire. */
export function sendUnknownPath(exchange: Exchange): void {
  exchange.sendJson(404, { error: '404 page not found' });
}

/** The 405 of the native wire. */
export function sendWrongMethod(exchange: Exchange, allow: string): void {
  exchange.sendJson(405, { error: '405 method not allowed' }, { allow });
}

function sendRunning(exchange: Exchange): void {
  exchange.send(200, 'text/plain; charset=utf-8', 'Ollama is running');
}

function guarded(answer: Handler): Handler {
  return async (exchange, memory) => {
    try {
      await answer(exchange, memory);
    } catch (error) {
      if (!(error instanceof OllamaRefusal)) throw error;
      error.sendTo(exchange);
    }
  };
}
