import type { ReadyAnswer } from '../../session/chat-turn.js';
import type { TurnCost } from '../../session/turn-cost.js';
import { Field } from './field.js';

/** What Dify multiplies tokens and unit price with. */
const PER_MILLION = '0.000001';

/** Tokens and prices of an answer; prices are decimals as text. */
export class DifyUsage {
  @Field({ type: 'integer', description: 'Tokens read by the model.' })
  prompt_tokens!: number;

  @Field({ type: 'string', description: 'Price of a unit of tokens read.' })
  prompt_unit_price!: string;

  @Field({ type: 'string', description: 'What a unit of tokens read is, as a factor.' })
  prompt_price_unit!: string;

  @Field({ type: 'string', description: 'Price of the tokens read.' })
  prompt_price!: string;

  @Field({ type: 'integer', description: 'Tokens written by the model.' })
  completion_tokens!: number;

  @Field({ type: 'string', description: 'Price of a unit of tokens written.' })
  completion_unit_price!: string;

  @Field({ type: 'string', description: 'What a unit of tokens written is, as a factor.' })
  completion_price_unit!: string;

  @Field({ type: 'string', description: 'Price of the tokens written.' })
  completion_price!: string;

  @Field({ type: 'integer', description: 'Tokens read and written.' })
  total_tokens!: number;

  @Field({ type: 'string', description: 'Price of the answer.' })
  total_price!: string;

  @Field({ type: 'string', description: 'Currency of the prices.' })
  currency!: string;

  @Field({ type: 'number', description: 'The whole answer, in seconds.' })
  latency!: number;

  @Field({ type: 'number', nullable: true, description: 'Until the first token, in seconds.' })
  time_to_first_token!: number | null;

  @Field({ type: 'number', nullable: true, description: 'From the first token to the last, in seconds.' })
  time_to_generate!: number | null;
}

/** What an answer carries beside its text. */
export class DifyMetadata {
  @Field({
    type: 'object',
    nullable: true,
    additionalProperties: true,
    description: 'The annotation that answered, if one did.',
  })
  annotation_reply!: Record<string, unknown> | null;

  @Field({
    type: 'array',
    items: { required: true, type: 'object', additionalProperties: true },
    description: 'What was retrieved for the answer.',
  })
  retriever_resources!: Record<string, unknown>[];

  @Field({ nested: () => DifyUsage, description: 'Tokens and prices.' })
  usage!: DifyUsage;
}

/** What is known of an answer's cost; no tokens where the provider told none. */
export interface AnswerFigures {
  promptTokens: number;
  completionTokens: number;
  firstTokenMs: number | null;
  totalMs: number;
  cost: TurnCost | null;
}

export function metadataOf(figures: AnswerFigures, readyAnswer: ReadyAnswer | null): DifyMetadata {
  const annotation = readyAnswer && { id: readyAnswer.id, account: readyAnswer.account };
  return { annotation_reply: annotation, retriever_resources: [], usage: usageOf(figures) };
}

function usageOf({ promptTokens, completionTokens, firstTokenMs, totalMs, cost }: AnswerFigures): DifyUsage {
  const unit = cost ? PER_MILLION : '0';
  return {
    prompt_tokens: promptTokens,
    prompt_unit_price: cost?.promptUnit ?? '0',
    prompt_price_unit: unit,
    prompt_price: cost?.prompt ?? '0',
    completion_tokens: completionTokens,
    completion_unit_price: cost?.completionUnit ?? '0',
    completion_price_unit: unit,
    completion_price: cost?.completion ?? '0',
    total_tokens: promptTokens + completionTokens,
    total_price: cost?.total ?? '0',
    currency: cost ? difyCurrency(cost.currency) : 'USD',
    latency: seconds(totalMs),
    time_to_first_token: firstTokenMs === null ? null : seconds(firstTokenMs),
    time_to_generate: firstTokenMs === null ? null : seconds(totalMs - firstTokenMs),
  };
}

/** Dify's own name of the yuan. */
export function difyCurrency(currency: string): string {
  return currency === 'CNY' ? 'RMB' : currency;
}

/** Dify tells durations in seconds. */
export function seconds(milliseconds: number): number {
  return Math.round(milliseconds) / 1000;
}

/** Dify tells moments in whole seconds since 1970. */
export function unixSeconds(moment: Date): number {
  return Math.floor(moment.getTime() / 1000);
}
