import type { ModelFactsDto, ModelPriceDto } from '@opsagent/contracts';
import type { CataloguePrice } from './catalogue-entry.js';
import type { KnownModel } from './model-catalogue.js';
import { hoursText } from './price-hours.js';

/** What the catalogue knows of a model, in the wire's names. */
export function toModelFacts(known: KnownModel): ModelFactsDto {
  return {
    provider: known.provider,
    model: known.model,
    is_embedding: known.is_embedding ?? false,
    context_window: known.context_window ?? null,
    max_output: known.max_output ?? null,
    tools: known.tools ?? null,
    vision: known.vision ?? null,
    reasoning: known.reasoning ?? null,
    json_schema: known.json_schema ?? null,
    dimensions: known.dimensions ?? null,
    prices: (known.prices ?? []).map(toModelPrice),
    as_of: known.as_of,
    source: known.source,
  };
}

function toModelPrice({
  currency,
  input,
  cached_input,
  output,
  above_prompt_tokens,
  hours,
}: CataloguePrice): ModelPriceDto {
  const notes = [
    above_prompt_tokens === undefined ? '' : `> ${above_prompt_tokens} prompt tokens`,
    hours ? hoursText(hours) : '',
  ];
  return {
    currency,
    input,
    cached_input: cached_input ?? null,
    output,
    note: notes.filter((note) => note !== '').join('; ') || null,
  };
}
