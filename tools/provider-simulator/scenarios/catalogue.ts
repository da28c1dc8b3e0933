import type { ChatRequest } from '../chat-request.ts';
import { sentPieces } from '../plan.ts';
import { joined } from '../text.ts';
import { DEMO_SCENARIO } from './demo-scenario.ts';
import { FAULT_SCENARIOS } from './fault-scenarios.ts';
import type { EmbeddingScenario, Scenario } from './scenario.ts';
import { HEARING_SCENARIOS, SPEECH_SCENARIOS } from './speech-scenarios.ts';
import { SCRIPT_SCENARIO } from './script-scenario.ts';
import { TEXT_SCENARIOS } from './text-scenarios.ts';
import { TOOL_SCENARIOS } from './tool-scenarios.ts';

/** A scenario with the numbers its model name carries. */
export interface Chosen {
  readonly scenario: Scenario;
  readonly numbers: readonly number[];
}

const EMBEDDING: EmbeddingScenario = {
  kind: 'embedding',
  name: 'sim-embed',
  about: 'unit vectors of DIMENSIONS numbers that follow from the text; sim-embed-401 and so on fail like sim-401',
  parameters: [{ name: 'DIMENSIONS', default: 1536, least: 1, most: 16_384 }],
  wires: ['openai', 'ollama'],
};
/** A name of the provider's own may come first, so that what it does with its own models can be tested. */
const OWN_NAME = /(?<=^|[-/:])sim-/;
/** The words behind `sim-` of models that do not chat; what follows may be a fault's. */
const NOT_CHAT = new Set(['embed', 'hear', 'speak']);
const LARGEST_NUMBER = 1_000_000;
const CACHED_NAMES = 1_000;

/** Every scenario, in the order `--help` lists them. */
export const SCENARIOS: readonly Scenario[] = [
  ...TEXT_SCENARIOS,
  DEMO_SCENARIO,
  ...TOOL_SCENARIOS,
  SCRIPT_SCENARIO,
  ...FAULT_SCENARIOS,
  EMBEDDING,
  ...HEARING_SCENARIOS,
  ...SPEECH_SCENARIOS,
];

const byName = new Map(SCENARIOS.map((scenario) => [scenario.name, scenario]));
const chosenByModel = new Map<string, Chosen | undefined>();

/**
 * The scenario a model name asks for: its name, then numbers, then any tag (`sim-paced-100-20-my-test`).
 * The longest scenario name wins; what comes before it is ignored (`kimi-k3-sim-text`). @returns undefined for every other model.
 */
export function chosenFor(model: string): Chosen | undefined {
  if (chosenByModel.has(model)) return chosenByModel.get(model);
  if (chosenByModel.size >= CACHED_NAMES) chosenByModel.clear();
  const chosen = read(model);
  chosenByModel.set(model, chosen);
  return chosen;
}

/** @returns the whole text this model streams before it ends. @throws Error when that depends on the request. */
export function expectedText(model: string): string {
  return expected(model, 'text');
}

/** @returns the whole reasoning this model streams before it ends. @throws Error when that depends on the request. */
export function expectedReasoning(model: string): string {
  return expected(model, 'reasoning');
}

function expected(model: string, kind: 'text' | 'reasoning'): string {
  const found = chosenFor(model);
  const chosen = found?.scenario.kind === 'fault' && found.scenario.once ? chosenFor('sim-text') : found;
  if (chosen?.scenario.kind !== 'chat') throw new Error(`${model} answers no text`);
  if (chosen.scenario.readsRequest) throw new Error(`the answer of ${model} depends on the request`);
  const request: ChatRequest = { model, messages: [], tools: [], limit: undefined };
  return joined(sentPieces(chosen.scenario.plan({ request, numbers: chosen.numbers })), kind);
}

function read(model: string): Chosen | undefined {
  const words = model.slice(Math.max(0, model.search(OWN_NAME))).split('-');
  const fault = NOT_CHAT.has(words[1] ?? '') ? read(['sim', ...words.slice(2)].join('-')) : undefined;
  if (fault?.scenario.kind === 'fault') return fault;
  for (let length = words.length; length > 1; length -= 1) {
    const scenario = byName.get(words.slice(0, length).join('-'));
    if (scenario) return withNumbers(scenario, words.slice(length));
  }
  return undefined;
}

function withNumbers(scenario: Scenario, words: readonly string[]): Chosen {
  let given = true;
  const numbers = scenario.parameters.map((parameter, index) => {
    given &&= /^\d{1,7}$/.test(words[index] ?? '');
    const { least = 0, most = LARGEST_NUMBER } = parameter;
    return given ? Math.min(Math.max(Number(words[index]), least), most) : parameter.default;
  });
  return { scenario, numbers };
}
