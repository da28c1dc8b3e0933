import type { LlmConfigTestDto, TestStepDto } from '@opsagent/contracts';
import { decimalOf } from '../catalogue/decimal.js';
import type { KnownModel } from '../catalogue/model-catalogue.js';
import type { CallPrice } from '../catalogue/pricing.js';
import type { LlmConfigFacts } from '../llm-config-facts.js';
import { PROVIDERS } from '../providers/providers.js';
import { configInfo } from '../rules/config-info.js';
import type { ModelUsage } from '../wire/model-wire.js';
import { WIRE_PATHS } from '../wire/wire-paths.js';

/** Fewer tokens say nothing of a speed. */
const FEWEST_TOKENS = 5;

/** What a model let us hear. */
export interface Heard {
  response?: string;
  embeddingDimension?: number;
  /** When it was asked, by the monotonic clock. */
  from: number;
  firstTokenMs: number | null;
  totalMs: number | null;
  hasReasoned: boolean;
  usage?: ModelUsage;
  /** Of every model call that told it, that of the tool as well. */
  spent: ModelUsage[];
  isSent: boolean;
}

/** Why a test failed. */
export type Failure = Pick<
  LlmConfigTestDto,
  'message' | 'kind' | 'http_status' | 'provider_message' | 'cause' | 'remedies'
>;

/** Everything there is to say of a test that is over. */
export interface EndedTest {
  readonly config: LlmConfigFacts;
  readonly question: string;
  readonly known: KnownModel | null;
  readonly price: CallPrice | null;
  readonly heard: Heard;
  readonly steps: TestStepDto[];
  readonly failure: Failure | null;
}

export function resultOf({ config, question, known, price, heard, steps, failure }: EndedTest): LlmConfigTestDto {
  const latency = Math.round(heard.totalMs ?? 0);
  const info = configInfo(config, known);
  return {
    success: failure === null,
    message: `The model configuration "${config.name}" works: it answered in ${latency} ms${heard.response === '' ? ', without any text' : ''}.`,
    test_message: question,
    ...(heard.response || (!failure && !config.isEmbedding) ? { response: heard.response } : {}),
    ...(heard.embeddingDimension === undefined ? {} : { embedding_dimension: heard.embeddingDimension }),
    config_info: { ...info, usage: usageInfo(heard.usage), has_reasoned: heard.hasReasoned },
    latency_ms: latency,
    first_token_ms: heard.firstTokenMs,
    tokens_per_second: speedOf(heard),
    total_price: price && decimalOf(price.prompt + price.completion),
    currency: price && price.currency,
    steps,
    request: heard.isSent ? requestOf(config, question, info['dropped_parameters'] as string[]) : null,
    ...(isOtherLength(config, heard) ? { cause: 'dimension_differs' } : {}),
    ...failure,
  };
}

/** Whether a vector has another length than was asked for. */
function isOtherLength({ extra: { dimensions } }: LlmConfigFacts, { embeddingDimension }: Heard): boolean {
  return dimensions !== undefined && embeddingDimension !== undefined && dimensions !== embeddingDimension;
}

function speedOf({ usage, firstTokenMs, totalMs }: Heard): number | null {
  const seconds = ((totalMs ?? 0) - (firstTokenMs ?? 0)) / 1000;
  if (!usage || usage.completionTokens < FEWEST_TOKENS || seconds <= 0) return null;
  return Math.round((usage.completionTokens / seconds) * 10) / 10;
}

/** The call as it can be repeated in a shell; the key is the reader's to fill in. */
function requestOf(
  config: LlmConfigFacts,
  question: string,
  dropped_parameters: string[],
): LlmConfigTestDto['request'] {
  const { wire } = PROVIDERS[config.provider];
  const url = config.baseUrl + WIRE_PATHS[wire][config.isEmbedding ? 'embeddings' : 'chat'];
  const body = config.isEmbedding
    ? { model: config.modelName, input: question }
    : { model: config.modelName, stream: true, messages: [{ role: 'user', content: question }] };
  const curl = [
    `curl ${quoted(url)}`,
    `-H 'Content-Type: application/json'`,
    '-H "Authorization: Bearer $API_KEY"',
    `-d ${quoted(JSON.stringify(body))}`,
  ].join(' \\\n  ');
  return { url, curl, dropped_parameters };
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'"'"'`)}'`;
}

function usageInfo(usage: ModelUsage | undefined): Record<string, unknown> | null {
  if (!usage) return null;
  return { prompt_tokens: usage.promptTokens, completion_tokens: usage.completionTokens, estimated: usage.estimated };
}
