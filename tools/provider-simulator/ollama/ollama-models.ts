import { embeddingOf } from '../embeddings.ts';
import type { Exchange } from '../exchange.ts';
import type { Memory } from '../route.ts';
import { chosenFor, SCENARIOS } from '../scenarios/catalogue.ts';
import { resolveModel } from '../scenarios/resolve.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { notPulled, OllamaRefusal, sendFault } from './ollama-faults.ts';
import { modelName, objectBody } from './ollama-request.ts';

const DETAILS = {
  parent_model: '',
  format: 'gguf',
  family: 'simulator',
  families: ['simulator'],
  parameter_size: '8B',
  quantization_level: 'Q4_K_M',
};
const CONTEXT_LENGTH = 32_768;

/** `GET /api/tags`: every scenario of this wire as a local model. */
export function listTags(exchange: Exchange): void {
  const models = SCENARIOS.filter((scenario) => scenario.wires.includes('ollama')).map(({ name }) => ({
    name: `${name}:latest`,
    model: `${name}:latest`,
    modified_at: '2026-01-01T00:00:00Z',
    size: 4_661_224_676,
    digest: Buffer.from(name).toString('hex').padEnd(64, '0').slice(0, 64),
    details: DETAILS,
  }));
  exchange.sendJson(200, { models });
}

/** `POST /api/show`: what a model can do and how long its context is. @throws OllamaRefusal */
export function showModel(exchange: Exchange): void {
  const model = modelName(objectBody(exchange));
  const chosen = chosenFor(model);
  if (!chosen?.scenario.wires.includes('ollama')) throw notPulled(model);
  const dimensions = chosen.scenario.kind === 'embedding' ? chosen.numbers[0] : 4096;
  exchange.sendJson(200, {
    modelfile: `FROM ${model}`,
    parameters: `num_ctx ${CONTEXT_LENGTH}`,
    template: '{{ .Prompt }}',
    details: DETAILS,
    model_info: {
      'general.architecture': 'simulator',
      'simulator.context_length': CONTEXT_LENGTH,
      'simulator.embedding_length': dimensions,
    },
    capabilities: capabilitiesOf(chosen.scenario),
    modified_at: '2026-01-01T00:00:00Z',
  });
}

/** `POST /api/embed`: one vector per text. @throws OllamaRefusal */
export async function createEmbeddings(exchange: Exchange, memory: Memory): Promise<void> {
  const body = objectBody(exchange);
  const model = modelName(body);
  const texts = textsOf(body['input']);
  const chosen = resolveModel(model, 'ollama', memory);
  if (!chosen) throw notPulled(model);
  if (chosen.scenario.kind === 'fault') return sendFault(exchange, chosen.scenario.fault, model);
  if (chosen.scenario.kind !== 'embedding') throw new OllamaRefusal(501, 'this model does not support embeddings');
  const dimensions = dimensionsOf(body['dimensions'], chosen.numbers[0]);
  exchange.sendJson(200, {
    model: body['model'],
    embeddings: texts.map((text) => embeddingOf(text, dimensions)),
    total_duration: 14_143_917,
    load_duration: 1_019_500,
    prompt_eval_count: texts.reduce((sum, text) => sum + Math.ceil(text.length / 4), 0),
  });
}

/** What a model can do, as `/api/show` tells it. */
export function capabilitiesOf(scenario: Scenario): string[] {
  if (scenario.kind === 'embedding') return ['embedding'];
  const tools = scenario.kind === 'chat' && !scenario.refusesTools ? ['tools'] : [];
  return ['completion', ...tools, ...(scenario.name.includes('reasoning') ? ['thinking'] : [])];
}

function textsOf(input: unknown): string[] {
  if (typeof input === 'string') return input === '' ? [] : [input];
  if (Array.isArray(input) && input.every((text) => typeof text === 'string')) return input;
  if (input === undefined || input === null) return [];
  throw new OllamaRefusal(400, 'invalid input type');
}

function dimensionsOf(asked: unknown, native: number): number {
  if (asked === undefined || asked === null || asked === 0) return native;
  if (typeof asked === 'number' && Number.isInteger(asked) && asked > 0) return Math.min(asked, native);
  throw new OllamaRefusal(400, 'invalid dimensions');
}
