import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JsonObject } from '../../provider-simulator/chat-request.ts';
import { Exchange } from '../../provider-simulator/exchange.ts';
import { answerChat, chatRequestOf } from '../../provider-simulator/openai/openai-chat.ts';
import { jsonBody } from '../../provider-simulator/openai/openai-body.ts';
import { wrongKey } from '../../provider-simulator/openai/openai-faults.ts';
import { checkMessages } from '../../provider-simulator/openai/openai-messages.ts';
import { checkParameters } from '../../provider-simulator/openai/openai-parameters.ts';
import { OpenAiRefusal } from '../../provider-simulator/openai/openai-refusal.ts';
import { planOf } from '../../provider-simulator/plan.ts';
import { OPENAI } from '../../provider-simulator/providers/openai.ts';
import { RequestLog } from '../../provider-simulator/request-log.ts';
import { cutText } from '../../provider-simulator/text.ts';
import { Ticker } from '../../provider-simulator/ticker.ts';
import { callOf } from '../../provider-simulator/tool-calls.ts';
import { Case } from './case.ts';
import { decide, type Decision } from './investigator.ts';

export const SCRIPTED_MODEL = 'eval-investigator';
export const SCRIPTED_KEY = 'eval-key';

/** What a model makes of a conversation. */
export type Mind = (seen: Case) => Decision;

/** A model server that runs in this process. */
export interface ModelServer {
  readonly port: number;
  readonly baseUrl: string;
  /** What it refused, in its own words: every one is a fault of the product. */
  readonly refusals: readonly string[];
  close(): Promise<void>;
}

/**
 * Starts a model that investigates by rules, as strict as OpenAI: a conversation that is not valid is answered with 400.
 * All that it knows comes from the request.
 */
export async function startModel(mind: Mind = decide): Promise<ModelServer> {
  const [log, ticker, refusals] = [new RequestLog(false), new Ticker(), [] as string[]];
  const server = createServer((request, response) => {
    const exchange = new Exchange(request, response, 0, log, ticker);
    void answer(exchange, mind).catch((error: unknown) => {
      refusals.push(String(error));
      if (error instanceof OpenAiRefusal) return error.sendTo(exchange, OPENAI.voice);
      exchange.fail();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { port, baseUrl: `http://127.0.0.1:${port}/openai/v1`, refusals, close };
}

async function answer(exchange: Exchange, mind: Mind): Promise<void> {
  await exchange.readBody();
  if (exchange.path === '/openai/v1/models') {
    return exchange.sendJson(200, { object: 'list', data: [{ id: SCRIPTED_MODEL, object: 'model' }] });
  }
  if (exchange.key !== SCRIPTED_KEY) throw wrongKey(exchange.key);
  const body = jsonBody(exchange);
  const messages: unknown = body['messages'];
  checkMessages(messages);
  checkParameters(body, true);
  OPENAI.check(body, () => undefined);
  await answerChat(
    exchange,
    OPENAI,
    planFor(mind, body, messages),
    chatRequestOf(SCRIPTED_MODEL, body, messages),
    body,
  );
}

function planFor(mind: Mind, body: JsonObject, messages: readonly JsonObject[]) {
  const { tools } = chatRequestOf(SCRIPTED_MODEL, body, messages);
  const { text, calls } = mind(
    new Case(
      messages,
      tools.map(({ name }) => name),
    ),
  );
  return planOf(cutText(text), {
    calls: calls.map(({ name, input }) => callOf(name, JSON.stringify(input))),
    finish: calls.length > 0 ? 'tool_calls' : 'stop',
  });
}
