import type { ChatRequest } from '../chat-request.ts';
import type { Plan } from '../plan.ts';

export type Wire = 'openai' | 'ollama';

/** A refusal instead of an answer; each wire has its own words for it. */
export type Fault =
  | '400'
  | '401'
  | '402'
  | '403'
  | '404'
  | '429'
  | '429-bare'
  | '429-long'
  | '500'
  | '503'
  | 'quota'
  | 'filter'
  | 'context'
  | 'html'
  | '200-error'
  | 'silent';

interface Described {
  /** The model name without parameters and tag. */
  readonly name: string;
  /** The numbers that may follow the name, with their defaults. */
  readonly parameters: readonly Parameter[];
  readonly about: string;
  readonly wires: readonly Wire[];
}

interface Parameter {
  readonly name: string;
  readonly default: number;
  readonly least?: number;
  readonly most?: number;
}

/** What a chat scenario answers from. */
interface ChatCall {
  readonly request: ChatRequest;
  readonly numbers: readonly number[];
}

export interface ChatScenario extends Described {
  readonly kind: 'chat';
  /** The answer depends on the conversation, not on the model name alone. */
  readonly readsRequest: boolean;
  readonly refusesTools: boolean;
  plan(call: ChatCall): Plan;
}

interface FaultScenario extends Described {
  readonly kind: 'fault';
  readonly fault: Fault;
  /** Only the first request of each model name fails. */
  readonly once: boolean;
}

export interface EmbeddingScenario extends Described {
  readonly kind: 'embedding';
}

/** Writes down what a recording says. */
export interface HearingScenario extends Described {
  readonly kind: 'hearing';
}

/** Speaks, and ends well or not. */
export interface SpeechScenario extends Described {
  readonly kind: 'speech';
  readonly ending: 'end' | 'reset' | 'stall' | 'empty';
}

export type Scenario = ChatScenario | FaultScenario | EmbeddingScenario | HearingScenario | SpeechScenario;

const BOTH: readonly Wire[] = ['openai', 'ollama'];

/** A chat scenario whose answer follows from the model name alone. */
export function chat(
  name: string,
  about: string,
  plan: ChatScenario['plan'],
  options: Partial<Pick<ChatScenario, 'parameters' | 'wires' | 'readsRequest' | 'refusesTools'>> = {},
): ChatScenario {
  return {
    kind: 'chat',
    name,
    about,
    plan,
    parameters: [],
    wires: BOTH,
    readsRequest: false,
    refusesTools: false,
    ...options,
  };
}

/** A scenario that refuses, always or once per model name. */
export function refusal(
  name: string,
  about: string,
  fault: Fault,
  options: Partial<Pick<FaultScenario, 'once' | 'wires'>> = {},
): FaultScenario {
  return { kind: 'fault', name, about, fault, parameters: [], wires: BOTH, once: false, ...options };
}

/** @returns the name with its parameters as `--help` shows it: `sim-text[-CHUNKS]`. */
export function usageOf(scenario: Scenario): string {
  const { name, parameters } = scenario;
  return name + parameters.map((parameter) => `[-${parameter.name}`).join('') + ']'.repeat(parameters.length);
}
