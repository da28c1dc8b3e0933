import { rulesOf, type ProviderDescriptor } from '../providers/provider-descriptor.js';
import type { LlmConfigFacts } from '../llm-config-facts.js';

export interface RequestParameters {
  /** Fields of the request, only those that were set. */
  readonly sent: Readonly<Record<string, unknown>>;
  /** Set, but refused by this model: left out. */
  readonly dropped: readonly string[];
}

/** The sampling parameters of a configuration, under the names its model takes. */
export function samplingOf(config: LlmConfigFacts, descriptor: ProviderDescriptor): RequestParameters {
  const { tokenCap, refuses } = rulesOf(descriptor, config.modelName);
  const { maxTokens, temperature, topP, frequencyPenalty, presencePenalty } = config.parameters;
  const wanted = {
    temperature,
    top_p: topP,
    frequency_penalty: frequencyPenalty,
    presence_penalty: presencePenalty,
    [tokenCap]: maxTokens,
    stop: config.extra.stop?.length ? config.extra.stop : null,
    seed: config.extra.seed ?? null,
  };
  const set = Object.entries(wanted).filter(([, value]) => value !== null);
  const isRefused = ([name]: [string, unknown]): boolean => (refuses as readonly string[]).includes(name);
  return {
    sent: Object.fromEntries(set.filter((entry) => !isRefused(entry))),
    dropped: set.filter(isRefused).map(([name]) => name),
  };
}

/** How the model is told to think, as far as the configuration says and the provider can be told. */
export function thinkingOf({ extra }: LlmConfigFacts, { thinking }: ProviderDescriptor): Record<string, unknown> {
  // How hard to think is nothing to say to one that is told not to: most refuse both together.
  if (extra.thinking === 'off' && thinking.off) return { ...thinking.off };
  const fields: Record<string, unknown> = extra.thinking === 'on' ? { ...thinking.on } : {};
  if (extra.reasoning_effort !== undefined && thinking.effort) fields[thinking.effort] = extra.reasoning_effort;
  if (extra.thinking_budget !== undefined && thinking.budget) fields[thinking.budget] = extra.thinking_budget;
  return fields;
}
