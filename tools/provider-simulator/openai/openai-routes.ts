import type { Dialect } from '../dialects.ts';
import type { Exchange } from '../exchange.ts';
import type { Memory, Methods } from '../route.ts';
import { SCENARIOS } from '../scenarios/catalogue.ts';
import { createChat } from './openai-chat.ts';
import { createEmbeddings } from './openai-embeddings.ts';
import type { Fault } from '../scenarios/scenario.ts';
import { sendFault, wrongKey } from './openai-faults.ts';
import { errorBody, OpenAiRefusal } from './openai-refusal.ts';

/** The paths below one provider's prefix on the OpenAI wire. */
export function openAiRoutes(dialect: Dialect): Readonly<Record<string, Methods>> {
  return {
    '/chat/completions': {
      POST: (exchange, memory) => guarded(exchange, dialect, memory, () => createChat(exchange, dialect, memory)),
    },
    '/embeddings': {
      POST: (exchange, memory) => guarded(exchange, dialect, memory, () => createEmbeddings(exchange, memory)),
    },
    '/models': { GET: (exchange, memory) => guarded(exchange, dialect, memory, () => listModels(exchange)) },
  };
}

/** Addresses whose list of models fails, by what goes wrong: `/faulty/html/models`. */
export const FAULTY_LISTS: Readonly<Record<string, Methods>> = Object.fromEntries(
  (['401', '402', '404', '429', '500', '503', 'html', '200-error', 'silent'] satisfies Fault[]).map((fault) => [
    `/${fault}/models`,
    { GET: (exchange) => sendFault(exchange, fault, 'of the list') } satisfies Methods,
  ]),
);

/** The 404 of the OpenAI wire. */
export function sendUnknownPath(exchange: Exchange): void {
  const message = `Invalid URL (${exchange.method} ${exchange.path})`;
  exchange.send(404, 'application/json', errorBody(message, 'invalid_request_error'));
}

/** The 405 of the OpenAI wire. */
export function sendWrongMethod(exchange: Exchange, allow: string): void {
  const message = `Not allowed to ${exchange.method} on ${exchange.path}. (HINT: Perhaps you meant to use a different HTTP method?)`;
  exchange.send(405, 'application/json', errorBody(message, 'invalid_request_error', 'method_not_supported'), {
    allow,
  });
}

async function guarded(
  exchange: Exchange,
  dialect: Dialect,
  memory: Memory,
  answer: () => Promise<void> | void,
): Promise<void> {
  try {
    if (dialect.needsKey && exchange.key !== memory.key) throw wrongKey(exchange.key);
    await answer();
  } catch (error) {
    if (!(error instanceof OpenAiRefusal)) throw error;
    error.sendTo(exchange);
  }
}

function listModels(exchange: Exchange): void {
  const data = SCENARIOS.filter((scenario) => scenario.wires.includes('openai')).map((scenario) => ({
    id: scenario.name,
    object: 'model',
    created: 1_700_000_000,
    owned_by: 'simulator',
  }));
  exchange.sendJson(200, { object: 'list', data });
}
