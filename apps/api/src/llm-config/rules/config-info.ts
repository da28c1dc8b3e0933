import type { KnownModel } from '../catalogue/model-catalogue.js';
import type { LlmConfigFacts } from '../llm-config-facts.js';
import { PROVIDERS } from '../providers/providers.js';
import { rulesOf } from '../providers/provider-descriptor.js';

/** What the catalogue knows of how much a model takes. */
type Limits = Pick<KnownModel, 'max_output'>;

/** What a test says about what was called: where, with which parameters, and what its provider would not have taken. */
export function configInfo(config: LlmConfigFacts, known: Limits | null): Record<string, unknown> {
  const { maxTokens, temperature, topP, frequencyPenalty, presencePenalty } = config.parameters;
  const sampling = {
    temperature,
    top_p: topP,
    frequency_penalty: frequencyPenalty,
    presence_penalty: presencePenalty,
  };
  const { refuses } = rulesOf(PROVIDERS[config.provider], config.modelName);
  return {
    provider: config.provider,
    model_name: config.modelName,
    base_url: config.baseUrl,
    is_embedding: config.isEmbedding,
    max_tokens: maxTokens,
    ...sampling,
    dropped_parameters: refuses.filter((parameter) => sampling[parameter] !== null),
    warnings: warningsFor(config, known),
  };
}

/** What will not do what whoever set it up expects. */
export function warningsFor(
  { provider, modelName, extra, parameters }: LlmConfigFacts,
  known: Limits | null,
): string[] {
  const most = known?.max_output ?? Infinity;
  const { thinking, name, modelPattern } = PROVIDERS[provider];
  const { alwaysThinks } = rulesOf(PROVIDERS[provider], modelName);
  const warnings: [boolean, string][] = [
    [(parameters.maxTokens ?? 0) > most, `${modelName} writes at most ${most} tokens, max_tokens is larger`],
    [extra.thinking === 'off' && alwaysThinks, `${modelName} cannot be kept from thinking`],
    [extra.thinking === 'off' && thinking.off === null, `${name} cannot be told not to think`],
    [extra.reasoning_effort !== undefined && thinking.effort === null, `${name} takes no reasoning_effort`],
    [extra.thinking_budget !== undefined && thinking.budget === null, `${name} takes no thinking_budget`],
    [
      modelPattern !== undefined && modelName.includes('.'),
      `${modelName} looks like a marketing name: ${name} wants a model or endpoint id`,
    ],
  ];
  return warnings.filter(([applies]) => applies).map(([, warning]) => warning);
}
