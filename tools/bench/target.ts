import { DEFAULT_KEY, expectedText } from '../provider-simulator/simulator.ts';
import type { AnswerShape } from './client/answer-text.ts';
import { jsonPost } from './client/connection.ts';
import type { Question } from './client/load.ts';

/** Whom a load is sent to: the simulator itself, or what stands in front of it. */
export interface Target {
  readonly name: TargetName;
  readonly port: number;
  /** The processes whose CPU time is the target's own; none for the simulator. */
  readonly pids: readonly number[];
  /** Its database's processes, which may change. */
  databasePids(): readonly number[];
  /** @returns the question that makes `model` answer, on the target's own wire. */
  question(model: string, isStreaming: boolean): Question;
}

export const TARGET_NAMES = ['direct', 'raw proxy', 'SSE parser', 'OpsAgent'] as const;
export type TargetName = (typeof TARGET_NAMES)[number];

const QUERY = 'Why is the disk of node-7 full?';

const OPENAI: AnswerShape = {
  pieceMarker: '"content":"',
  endMarker: 'data: [DONE]',
  wholeText: (body) => (body as { choices: { message: { content: string } }[] }).choices[0]?.message.content,
};

/** What a model is known to say: always the same text, or as many times as its name says. */
export function sayingOf(model: string): Pick<Question, 'expected' | 'times'> {
  const times = /^sim-clock-(\d+)/.exec(model)?.[1];
  return times === undefined ? { expected: expectedText(model) } : { expected: null, times: Number(times) };
}

/** @returns the question to a model as an OpenAI client asks it. */
export function openAiQuestion(model: string, isStreaming: boolean): Question {
  const body = { model, messages: [{ role: 'user', content: QUERY }], stream: isStreaming };
  return {
    request: jsonPost('/openai/v1/chat/completions', DEFAULT_KEY, body),
    isStreaming,
    shape: OPENAI,
    ...sayingOf(model),
  };
}

const DIFY: AnswerShape = {
  pieceMarker: '"answer":"',
  endMarker: '"event":"message_end"',
  wholeText: (body) => (body as { answer: string }).answer,
};

/** What a question to OpsAgent says beside the model. */
export interface DifyCall {
  readonly appKey: string;
  readonly configId: string;
  readonly query?: string;
  /** Its text is null where the answer depends on the question. */
  readonly saying: Pick<Question, 'expected' | 'times'>;
}

/**
 * @returns the question to a configuration as a Dify client asks it, each in a conversation of its own.
 * No title is asked for: that would be another call of the model, behind the answer.
 */
export function difyQuestion({ appKey, configId, query = QUERY, saying }: DifyCall, isStreaming: boolean): Question {
  const mode = isStreaming ? 'streaming' : 'blocking';
  const body = {
    query,
    inputs: {},
    user: 'bench',
    response_mode: mode,
    model_config_id: configId,
    auto_generate_name: false,
  };
  return { request: jsonPost('/v1/chat-messages', appKey, body), isStreaming, shape: DIFY, ...saying };
}
