import { promptTokens } from '../chat-request.ts';
import { deliverStream, deliverWhole } from '../deliver.ts';
import type { Exchange } from '../exchange.ts';
import { limited, type Plan } from '../plan.ts';
import type { Memory } from '../route.ts';
import { resolveModel } from '../scenarios/resolve.ts';
import { capabilitiesOf } from './ollama-models.ts';
import { notPulled, OllamaRefusal, sendFault } from './ollama-faults.ts';
import { loadAnswer, OllamaFrames, wholeAnswer, type OllamaFacts } from './ollama-frames.ts';
import { chatRequestOf, modelName, objectBody } from './ollama-request.ts';

const NS_PER_MS = 1_000_000;

/** `POST /api/chat`; streams unless told not to. @throws OllamaRefusal */
export function createChat(exchange: Exchange, memory: Memory): Promise<void> | void {
  const body = objectBody(exchange);
  const model = modelName(body);
  const request = chatRequestOf(model, body);
  const chosen = resolveModel(model, 'ollama', memory);
  if (!chosen) throw notPulled(model);
  const { scenario, numbers } = chosen;
  if (scenario.kind === 'fault') return sendFault(exchange, scenario.fault, model);
  if (scenario.kind !== 'chat') throw new OllamaRefusal(400, `"${model}" does not support chat`);
  if (request.messages.length === 0) return exchange.send(200, 'application/json', loadAnswer(model));
  if (scenario.refusesTools && request.tools.length > 0)
    throw new OllamaRefusal(400, `"${model}" does not support tools`);
  const canThink = capabilitiesOf(scenario).includes('thinking');
  if (body['think'] && !canThink) throw new OllamaRefusal(400, `"${model}" does not support thinking`);
  const plan = limited(thinking(scenario.plan({ request, numbers }), body['think']), request.limit);
  const facts: OllamaFacts = {
    model: String(body['model']),
    promptTokens: promptTokens(request),
    loadNs: Math.round(plan.firstByteMs * NS_PER_MS),
  };
  if (body['stream'] !== false) return deliverStream(exchange, plan, new OllamaFrames(plan, facts));
  if (plan.ending === 'error-frame') return sendFault(exchange, '500', model);
  return deliverWhole(exchange, plan, wholeAnswer(plan, facts));
}

/** @returns the plan without its reasoning when the caller turned thinking off. */
function thinking(plan: Plan, think: unknown): Plan {
  if (think !== false) return plan;
  return { ...plan, pieces: plan.pieces.filter((piece) => piece.kind === 'text') };
}
