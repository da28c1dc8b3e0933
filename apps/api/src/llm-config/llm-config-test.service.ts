import { Injectable } from '@nestjs/common';
import type { LlmConfigTestDto, TestLlmConfigDto } from '@opsagent/contracts';
import { AuditLog } from '../platform/audit/audit-log.js';
import { Clock } from '../platform/clock/clock.js';
import { DomainError } from '../platform/errors/domain-error.js';
import { Embedder } from './embedder.js';
import type { LlmConfigFacts } from './llm-config-facts.js';
import { LlmConfigNotFound } from './llm-config.errors.js';
import { LlmConfigStore } from './llm-config-store.js';
import { PROVIDERS } from './providers/providers.js';
import { rulesOf } from './providers/provider-descriptor.js';
import { UpstreamFailed } from './wire/model-wire.js';
import { ModelWires } from './wire/model-wires.js';

const GREETING = 'Hello! Answer with one short sentence.';
const LONGEST_MS = 30_000;
/** Enough for a greeting, and for a model that thinks before it speaks. */
const MOST_TOKENS = 256;

interface Heard {
  response?: string;
  embedding_dimension?: number;
  firstTokenMs: number | null;
}

/** Tries a configuration with a real call; what its provider refuses is a result, not an error. */
@Injectable()
export class LlmConfigTestService {
  constructor(
    private readonly store: LlmConfigStore,
    private readonly wires: ModelWires,
    private readonly embedder: Embedder,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
  ) {}

  /** @throws LlmConfigNotFound */
  async test(id: string, { message }: TestLlmConfigDto): Promise<LlmConfigTestDto> {
    const config = await this.store.get(id);
    if (!config) throw new LlmConfigNotFound(id);
    const question = message?.trim() || GREETING;
    const result = await this.tried(config, question);
    await this.audit.record({
      ...{ action: 'llm_config.test', targetType: 'llm_config', targetId: config.id, targetName: config.name },
      after: { success: result.success, ...(result.kind ? { kind: result.kind } : {}) },
    });
    return result;
  }

  private async tried(config: LlmConfigFacts, question: string): Promise<LlmConfigTestDto> {
    const from = this.clock.monotonicMs();
    const common = { test_message: question, config_info: infoOf(config) };
    try {
      const signal = AbortSignal.timeout(LONGEST_MS);
      const { firstTokenMs, ...heard } = await (config.isEmbedding
        ? this.embed(config, question, signal)
        : this.ask(config, question, signal));
      const latency = Math.round(this.clock.monotonicMs() - from);
      const message = `The model configuration "${config.name}" works: it answered in ${latency} ms.`;
      return { success: true, message, ...common, ...heard, latency_ms: latency, first_token_ms: firstTokenMs };
    } catch (error) {
      const latency = Math.round(this.clock.monotonicMs() - from);
      return { success: false, ...common, ...failureOf(config, error), latency_ms: latency, first_token_ms: null };
    }
  }

  private async ask(config: LlmConfigFacts, question: string, signal: AbortSignal): Promise<Heard> {
    const from = this.clock.monotonicMs();
    let response = '';
    let firstTokenMs: number | null = null;
    const model = this.wires.open(brief(config));
    for await (const deltas of model.stream({ messages: [{ role: 'user', content: question }] }, signal)) {
      for (const delta of deltas) {
        if (delta.type !== 'text' && delta.type !== 'reasoning') continue;
        firstTokenMs ??= Math.round(this.clock.monotonicMs() - from);
        if (delta.type === 'text') response += delta.text;
      }
    }
    return { response, firstTokenMs };
  }

  private async embed(config: LlmConfigFacts, text: string, signal: AbortSignal): Promise<Heard> {
    const [vector = []] = await this.embedder.embed(config, [text], signal);
    return { embedding_dimension: vector.length, firstTokenMs: null };
  }
}

/** A test costs few tokens, whatever the configuration allows. */
function brief(config: LlmConfigFacts): LlmConfigFacts {
  const maxTokens = Math.min(config.parameters.maxTokens ?? MOST_TOKENS, MOST_TOKENS);
  return { ...config, parameters: { ...config.parameters, maxTokens } };
}

function infoOf(config: LlmConfigFacts): Record<string, unknown> {
  const { maxTokens, temperature, topP, frequencyPenalty, presencePenalty } = config.parameters;
  const { refuses } = rulesOf(PROVIDERS[config.provider], config.modelName);
  return {
    ...{
      provider: config.provider,
      model_name: config.modelName,
      base_url: config.baseUrl,
      is_embedding: config.isEmbedding,
    },
    ...{
      max_tokens: maxTokens,
      temperature,
      top_p: topP,
      frequency_penalty: frequencyPenalty,
      presence_penalty: presencePenalty,
    },
    dropped_parameters: refuses,
  };
}

function failureOf(
  config: LlmConfigFacts,
  error: unknown,
): Pick<LlmConfigTestDto, 'message' | 'kind' | 'http_status' | 'provider_message'> {
  if (error instanceof UpstreamFailed) {
    const { httpStatus = null, providerMessage = null } = error.facts;
    return { message: error.message, kind: error.fault, http_status: httpStatus, provider_message: providerMessage };
  }
  const nothing = { http_status: null, provider_message: null };
  if (error instanceof DomainError) return { message: error.message, kind: 'not_usable', ...nothing };
  if (error instanceof DOMException && error.name === 'TimeoutError') {
    const message = `The model configuration "${config.name}" did not finish its answer within ${LONGEST_MS / 1000} seconds.`;
    return { message, kind: 'timeout', ...nothing };
  }
  throw error;
}
