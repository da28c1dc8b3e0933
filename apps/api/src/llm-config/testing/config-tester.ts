import { Injectable } from '@nestjs/common';
import type { LlmConfigTestDto, TestLlmConfigDto, TestStage } from '@opsagent/contracts';
import { Clock } from '../../platform/clock/clock.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { Outbound } from '../../platform/outbound/outbound.js';
import { ModelCatalogue } from '../catalogue/model-catalogue.js';
import { Pricing } from '../catalogue/pricing.js';
import { Embedder } from '../embedder.js';
import type { LlmConfigFacts } from '../llm-config-facts.js';
import { LlmConfigNotUsable } from '../llm-config.errors.js';
import { ModelLists } from '../model-lists.js';
import { LeadsToItself, OwnAddress } from '../own-address.js';
import { PROVIDERS } from '../providers/providers.js';
import { Faults } from '../wire/faults.js';
import { type ModelUsage, UpstreamFailed } from '../wire/model-wire.js';
import { ModelWires } from '../wire/model-wires.js';
import { estimateUsage } from '../wire/token-estimate.js';
import { type Diagnosis, diagnose } from './diagnosis.js';
import { type EmitTestEvent, Ladder, stagesOf } from './ladder.js';
import { nearModels } from './near-models.js';
import { type Failure, type Heard, resultOf } from './test-result.js';
import type { TestCall } from './test-allowance.js';
import { PING_TOOL, requireToolCall } from './tool-call.js';

const GREETING = 'Hello! Answer with one short sentence.';
const LONGEST_MS = 30_000;
/** Enough for a greeting, and for a model that thinks before it speaks. */
const MOST_TOKENS = 256;
const NOTHING_SAID = 'the model said nothing within the few tokens of a test';

export type TestOptions = Pick<TestLlmConfigDto, 'message' | 'with_tool_call'>;

/** Tries a configuration rung by rung, with a real call; what its provider refuses is a result, not an error. */
@Injectable()
export class ConfigTester {
  constructor(
    private readonly outbound: Outbound,
    private readonly wires: ModelWires,
    private readonly embedder: Embedder,
    private readonly lists: ModelLists,
    private readonly clock: Clock,
    private readonly catalogue: ModelCatalogue,
    private readonly ownAddress: OwnAddress,
  ) {}

  /** Tells `note` of every model call that spent something. @throws the reason of `signal` when it is aborted */
  async test(
    config: LlmConfigFacts,
    { message, with_tool_call: withToolCall = false }: TestOptions,
    emit: EmitTestEvent,
    signal: AbortSignal,
    note: (call: TestCall) => void,
  ): Promise<LlmConfigTestDto> {
    const question = message?.trim() || GREETING;
    const now = (): number => this.clock.monotonicMs();
    const ladder = new Ladder(stagesOf(config.isEmbedding, withToolCall), emit, now);
    const heard: Heard = {
      ...{ from: now(), firstTokenMs: null, totalMs: null, hasReasoned: false },
      ...{ isSent: false, spent: [] },
    };
    const pricing = new Pricing(config, this.catalogue);
    const priceOf = (usage: ModelUsage) => pricing.priceOf(usage, this.clock.now());
    const within = AbortSignal.any([signal, AbortSignal.timeout(LONGEST_MS)]);
    const failure = await this.failureOf(config, ladder, within, signal, async () => {
      await this.connect(config, ladder, within);
      heard.from = now();
      if (config.isEmbedding) await this.embed(config, question, ladder, heard, within);
      else await this.ask(config, question, ladder, heard, within);
      heard.totalMs = now() - heard.from;
      if (withToolCall && !config.isEmbedding) await this.callTool(config, ladder, heard, within);
    }).finally(() => heard.spent.forEach((usage) => note({ usage, price: priceOf(usage) })));
    heard.totalMs ??= now() - heard.from;
    const known = this.catalogue.find(config.provider, config.modelName);
    const price = heard.usage ? priceOf(heard.usage) : null;
    const result = resultOf({ config, question, known, price, heard, steps: ladder.steps, failure });
    emit({ type: 'test_finished', result });
    return result;
  }

  /** The way there, by the same policy as the request after it. */
  private async connect(config: LlmConfigFacts, ladder: Ladder, signal: AbortSignal): Promise<void> {
    if (this.ownAddress.isThis(config.baseUrl)) {
      ladder.begin('address');
      throw new UpstreamFailed('refused_by_policy', itself(config.name), {}, { cause: new LeadsToItself() });
    }
    for await (const { stage, state, facts = null, error } of this.outbound.probe(config.baseUrl, { signal })) {
      if (state === 'started') {
        ladder.begin(stage);
        continue;
      }
      const told = facts as Record<string, unknown> | null;
      if (state === 'skipped') ladder.add(stage, state);
      else ladder.end(state, error?.message ?? wordsOf(told), told);
      if (error) throw new Faults(config).explain(error);
    }
  }

  private async ask(
    config: LlmConfigFacts,
    question: string,
    ladder: Ladder,
    heard: Heard,
    signal: AbortSignal,
  ): Promise<void> {
    heard.response = '';
    ladder.begin('auth');
    heard.isSent = true;
    const request = { messages: [{ role: 'user', content: question } as const] };
    for await (const deltas of this.wires.open(brief(config)).stream(request, signal)) {
      for (const delta of deltas) {
        if (delta.type === 'usage') heard.spent.push((heard.usage = delta.usage));
        if (delta.type !== 'text' && delta.type !== 'reasoning') continue;
        if (heard.firstTokenMs === null) this.hearFirst(config, ladder, heard);
        if (delta.type === 'text') heard.response += delta.text;
        else heard.hasReasoned = true;
      }
    }
    if (heard.firstTokenMs === null) {
      ladder.reach(config.modelName);
      ladder.add('first_token', 'warned', { detail: NOTHING_SAID });
      ladder.begin('stream');
    }
    ladder.end('passed', null, heard.usage ? { tokens: heard.usage.completionTokens } : null);
  }

  /** The first token proves the key and the model as well. */
  private hearFirst(config: LlmConfigFacts, ladder: Ladder, heard: Heard): void {
    heard.firstTokenMs = Math.round(this.clock.monotonicMs() - heard.from);
    ladder.reach(config.modelName);
    ladder.add('first_token', 'passed', { ms: heard.firstTokenMs });
    ladder.begin('stream');
  }

  private async embed(
    config: LlmConfigFacts,
    text: string,
    ladder: Ladder,
    heard: Heard,
    signal: AbortSignal,
  ): Promise<void> {
    ladder.begin('auth');
    heard.isSent = true;
    const [vector = []] = await this.embedder.embed(config, [text], signal);
    heard.spent.push(estimateUsage({ messages: [{ role: 'user', content: text }] }, '', ''));
    heard.embeddingDimension = vector.length;
    ladder.reach(config.modelName);
    const wanted = config.extra.dimensions ?? vector.length;
    const isWanted = wanted === vector.length;
    const detail = isWanted ? null : `the vector has ${vector.length} dimensions, ${wanted} were asked for`;
    ladder.add('embedding', isWanted ? 'passed' : 'warned', { detail, facts: { dimension: vector.length } });
  }

  /** A second request: whether the model asks for the tool it is offered, with arguments that can be read. */
  private async callTool(config: LlmConfigFacts, ladder: Ladder, heard: Heard, signal: AbortSignal): Promise<void> {
    ladder.begin('tool_call');
    const question = `Call the tool ${PING_TOOL.name} with the text "ping".`;
    const request = { messages: [{ role: 'user', content: question } as const], tools: [PING_TOOL] };
    let args = '';
    let isCalled = false;
    for await (const deltas of this.wires.open(brief(config)).stream(request, signal))
      for (const delta of deltas) {
        if (delta.type === 'usage') heard.spent.push(delta.usage);
        if (delta.type !== 'tool_call') continue;
        isCalled = true;
        args += delta.arguments;
      }
    requireToolCall(config.name, isCalled, args);
    ladder.end('passed', null, { arguments: args });
  }

  private async failureOf(
    config: LlmConfigFacts,
    ladder: Ladder,
    within: AbortSignal,
    signal: AbortSignal,
    climb: () => Promise<void>,
  ): Promise<Failure | null> {
    try {
      await climb();
      return null;
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof UpstreamFailed && error.fault === 'empty_answer' && ladder.trying !== 'tool_call') {
        // A model that only thought within the few tokens of a test, or had nothing to say, is reached all the same.
        ladder.end('warned', NOTHING_SAID);
        return null;
      }
      return this.explained(config, ladder, within, error);
    }
  }

  private async explained(
    config: LlmConfigFacts,
    ladder: Ladder,
    within: AbortSignal,
    error: unknown,
  ): Promise<Failure> {
    const nothing = { http_status: null, provider_message: null };
    if (error instanceof UpstreamFailed) {
      const { httpStatus = null, providerMessage = null } = error.facts;
      const stage = ladder.fail(error.fault, error.message);
      return {
        message: error.message,
        kind: error.fault,
        http_status: httpStatus,
        provider_message: providerMessage,
        ...(await this.diagnosed(config, stage, error)),
      };
    }
    if (error instanceof DomainError) {
      ladder.end('failed', error.message);
      return { message: error.message, kind: 'not_usable', cause: 'key_unreadable', remedies: [ENTER_KEY], ...nothing };
    }
    if (within.aborted) {
      const message = `The model configuration "${config.name}" did not finish its answer within ${LONGEST_MS / 1000} seconds.`;
      ladder.end('failed', message);
      return { message, kind: 'timeout', cause: 'test_timeout', remedies: [RETRY], ...nothing };
    }
    throw error;
  }

  private async diagnosed(config: LlmConfigFacts, stage: TestStage, failure: UpstreamFailed): Promise<Diagnosis> {
    const near = failure.fault === 'model_not_found' ? await this.nearModels(config) : [];
    return diagnose({ config, key: keyOf(config), failure, stage, providers: PROVIDERS, nearModels: near });
  }

  /** From the provider's own list; from the catalogue where it has none. */
  private async nearModels(config: LlmConfigFacts): Promise<string[]> {
    const known = this.catalogue.all().filter(({ provider }) => provider === config.provider);
    try {
      return nearModels(config.modelName, await this.lists.namesFor(config));
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return nearModels(
        config.modelName,
        known.map(({ model }) => model),
      );
    }
  }
}

const RETRY = { action: 'retry', value: null } as const;
const ENTER_KEY = { action: 'enter_key', value: null } as const;

const itself = (name: string): string =>
  `The model configuration "${name}" was not asked: its address is that of OpsAgent itself.`;

/** Of a key that cannot be read, the failure itself speaks. */
function keyOf(config: LlmConfigFacts): string | null {
  try {
    return config.apiKey();
  } catch (error) {
    if (error instanceof LlmConfigNotUsable) return null;
    throw error;
  }
}

/** What a probe found, in words. */
function wordsOf(facts: Record<string, unknown> | null): string | null {
  const { addresses, address, protocol } = facts ?? {};
  const words = [addresses, address, protocol].flat().filter((word) => typeof word === 'string');
  return words.length > 0 ? words.join(', ') : null;
}

/** A test costs few tokens, whatever the configuration allows. */
function brief(config: LlmConfigFacts): LlmConfigFacts {
  const maxTokens = Math.min(config.parameters.maxTokens ?? MOST_TOKENS, MOST_TOKENS);
  return { ...config, parameters: { ...config.parameters, maxTokens } };
}
