import type { Dialect } from '../dialects.ts';
import type { Exchange } from '../exchange.ts';
import type { Memory, Methods } from '../route.ts';
import { SCENARIOS } from '../scenarios/catalogue.ts';
import { createSpeech, createTranscription } from './openai-audio.ts';
import { createChat } from './openai-chat.ts';
import { createEmbeddings } from './openai-embeddings.ts';
import type { Fault } from '../scenarios/scenario.ts';
import { sendFault, wrongKey } from './openai-faults.ts';
import { OpenAiRefusal } from './openai-refusal.ts';
import { OPENAI_VOICE } from './voice.ts';

export { sendUnknownPath, sendWrongMethod } from './openai-faults.ts';

/** The paths below one provider's prefix on the OpenAI wire. */
export function openAiRoutes(dialect: Dialect): Readonly<Record<string, Methods>> {
  const chat: Methods = {
    POST: (exchange, memory) => guarded(exchange, dialect, memory, () => createChat(exchange, dialect, memory)),
  };
  return {
    ...Object.fromEntries(dialect.chatPaths.map((path) => [path, chat])),
    '/embeddings': {
      POST: (exchange, memory) => guarded(exchange, dialect, memory, () => createEmbeddings(exchange, dialect, memory)),
    },
    '/audio/transcriptions': {
      POST: (exchange, memory) =>
        guarded(exchange, dialect, memory, () => createTranscription(exchange, dialect, memory)),
    },
    '/audio/speech': {
      POST: (exchange, memory) => guarded(exchange, dialect, memory, () => createSpeech(exchange, dialect, memory)),
    },
    '/models': { GET: (exchange, memory) => guarded(exchange, dialect, memory, () => listModels(exchange, dialect)) },
  };
}

/** Addresses whose list of models fails, by what goes wrong: `/faulty/html/models`. */
export const FAULTY_LISTS: Readonly<Record<string, Methods>> = Object.fromEntries(
  (['401', '402', '404', '429', '500', '503', 'html', '200-error', 'silent'] satisfies Fault[]).map((fault) => [
    `/${fault}/models`,
    { GET: (exchange) => sendFault(exchange, OPENAI_VOICE, fault, 'of the list') } satisfies Methods,
  ]),
);

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
    error.sendTo(exchange, dialect.voice);
  }
}

function listModels(exchange: Exchange, { listed }: Dialect): void {
  const data = SCENARIOS.filter((scenario) => scenario.wires.includes('openai')).map((scenario) => ({
    id: scenario.name,
    object: 'model',
    created: 1_700_000_000,
    owned_by: 'simulator',
    ...listed,
  }));
  exchange.sendJson(200, { object: 'list', data });
}
