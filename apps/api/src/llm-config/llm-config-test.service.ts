import { Injectable } from '@nestjs/common';
import type { LlmConfigTestDto, TestLlmConfigDto, TestUnsavedLlmConfigDto } from '@opsagent/contracts';
import { AuditLog } from '../platform/audit/audit-log.js';
import { Clock } from '../platform/clock/clock.js';
import { DomainError } from '../platform/errors/domain-error.js';
import { decimalOf } from './catalogue/decimal.js';
import { ModelCatalogue } from './catalogue/model-catalogue.js';
import { Pricing } from './catalogue/pricing.js';
import { Embedder } from './embedder.js';
import { LlmConfigChanges } from './llm-config-changes.js';
import type { LlmConfigFacts } from './llm-config-facts.js';
import { LlmConfigFactsMaker } from './llm-config-facts-maker.js';
import { LlmConfigNotFound } from './llm-config.errors.js';
import { toDraft } from './llm-config.mapper.js';
import { LlmConfigRepository } from './llm-config.repository.js';
import { configInfo } from './rules/config-info.js';
import { UnsavedLlmConfigs } from './unsaved-llm-configs.js';
import { type ModelUsage, UpstreamFailed } from './wire/model-wire.js';
import { ModelWires } from './wire/model-wires.js';

const GREETING = 'Hello! Answer with one short sentence.';
const LONGEST_MS = 30_000;
/** Enough for a greeting, and for a model that thinks before it speaks. */
const MOST_TOKENS = 256;

/** What a model let us hear, so far. */
interface Heard {
  response?: string;
  embeddingDimension?: number;
  firstTokenMs: number | null;
  hasReasoned: boolean;
  usage?: ModelUsage;
}

type Failure = Pick<LlmConfigTestDto, 'message' | 'kind' | 'http_status' | 'provider_message'>;

/** Tries a configuration with a real call; what its provider refuses is a result, not an error. */
@Injectable()
export class LlmConfigTestService {
  constructor(
    private readonly repository: LlmConfigRepository,
    private readonly changes: LlmConfigChanges,
    private readonly facts: LlmConfigFactsMaker,
    private readonly unsaved: UnsavedLlmConfigs,
    private readonly wires: ModelWires,
    private readonly embedder: Embedder,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
    private readonly catalogue: ModelCatalogue,
  ) {}

  /** Works on inactive configurations too. @throws LlmConfigNotFound, NotYourLlmConfig: a test costs its owner money */
  async test(id: string, { message }: TestLlmConfigDto): Promise<LlmConfigTestDto> {
    const stored = await this.repository.findById(id);
    if (!stored) throw new LlmConfigNotFound(id);
    this.changes.requireEditor(stored);
    return this.audited(id, this.facts.of(stored), message);
  }

  /** Tries values that are not stored. @throws InvalidInput, LlmConfigNotFound, NotYourLlmConfig */
  async testUnsaved(input: TestUnsavedLlmConfigDto): Promise<LlmConfigTestDto> {
    const id = input.llm_config_id ?? null;
    const facts = await this.unsaved.factsOf(toDraft(input), input.api_key ?? null, id);
    return this.audited(id, facts, input.message);
  }

  private async audited(id: string | null, config: LlmConfigFacts, message?: string | null): Promise<LlmConfigTestDto> {
    const result = await this.tried(config, message?.trim() || GREETING);
    await this.audit.record({
      action: 'llm_config.test',
      targetType: 'llm_config',
      targetId: id,
      targetName: config.name,
      after: { success: result.success, ...(result.kind ? { kind: result.kind } : {}) },
    });
    return result;
  }

  private async tried(config: LlmConfigFacts, question: string): Promise<LlmConfigTestDto> {
    const from = this.clock.monotonicMs();
    const heard: Heard = { firstTokenMs: null, hasReasoned: false };
    const failure = await this.failureOf(config, () => this.call(config, question, from, heard));
    const latency = Math.round(this.clock.monotonicMs() - from);
    return {
      success: failure === null,
      message: `The model configuration "${config.name}" works: it answered in ${latency} ms${heard.response === '' ? ', without any text' : ''}.`,
      test_message: question,
      ...(heard.response || (!failure && !config.isEmbedding) ? { response: heard.response } : {}),
      ...(heard.embeddingDimension === undefined ? {} : { embedding_dimension: heard.embeddingDimension }),
      config_info: {
        ...configInfo(config, this.catalogue.find(config.provider, config.modelName)),
        usage: usageInfo(heard.usage),
        has_reasoned: heard.hasReasoned,
      },
      latency_ms: latency,
      first_token_ms: heard.firstTokenMs,
      tokens_per_second: null,
      ...this.costOf(config, heard.usage),
      steps: [],
      request: null,
      ...failure,
    };
  }

  private costOf(
    config: LlmConfigFacts,
    usage: ModelUsage | undefined,
  ): Pick<LlmConfigTestDto, 'total_price' | 'currency'> {
    const price = usage && new Pricing(config, this.catalogue).priceOf(usage, this.clock.now());
    if (!price) return { total_price: null, currency: null };
    return { total_price: decimalOf(price.prompt + price.completion), currency: price.currency };
  }

  private async call(config: LlmConfigFacts, question: string, from: number, heard: Heard): Promise<void> {
    const signal = AbortSignal.timeout(LONGEST_MS);
    if (config.isEmbedding) {
      const [vector = []] = await this.embedder.embed(config, [question], signal);
      heard.embeddingDimension = vector.length;
      return;
    }
    heard.response = '';
    const request = { messages: [{ role: 'user', content: question } as const] };
    for await (const deltas of this.wires.open(brief(config)).stream(request, signal)) {
      for (const delta of deltas) {
        if (delta.type === 'usage') heard.usage = delta.usage;
        if (delta.type !== 'text' && delta.type !== 'reasoning') continue;
        heard.firstTokenMs ??= Math.round(this.clock.monotonicMs() - from);
        if (delta.type === 'text') heard.response += delta.text;
        else heard.hasReasoned = true;
      }
    }
  }

  private async failureOf(config: LlmConfigFacts, call: () => Promise<void>): Promise<Failure | null> {
    try {
      await call();
      return null;
    } catch (error) {
      // A model that only thought within the few tokens of a test, or had nothing to say, is reached all the same.
      if (error instanceof UpstreamFailed && error.fault === 'empty_answer') return null;
      return explained(config, error);
    }
  }
}

/** A test costs few tokens, whatever the configuration allows. */
function brief(config: LlmConfigFacts): LlmConfigFacts {
  const maxTokens = Math.min(config.parameters.maxTokens ?? MOST_TOKENS, MOST_TOKENS);
  return { ...config, parameters: { ...config.parameters, maxTokens } };
}

function usageInfo(usage: ModelUsage | undefined): Record<string, unknown> | null {
  if (!usage) return null;
  return { prompt_tokens: usage.promptTokens, completion_tokens: usage.completionTokens, estimated: usage.estimated };
}

function explained(config: LlmConfigFacts, error: unknown): Failure {
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
