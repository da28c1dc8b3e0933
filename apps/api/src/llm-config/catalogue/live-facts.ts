import type { LlmProvider, ModelFactsDto } from '@opsagent/contracts';
import type { KnownModel } from './model-catalogue.js';
import { toModelFacts } from './model-facts.mapper.js';

/** What a provider itself says of a model just now. */
export type LiveFacts = Partial<
  Pick<ModelFactsDto, 'is_embedding' | 'context_window' | 'tools' | 'vision' | 'reasoning' | 'dimensions'>
>;

/** What an entry of a list of models says besides the name: Moonshot and vLLM say something. */
export function factsOfEntry(entry: unknown): LiveFacts {
  const { context_length, max_model_len, supports_image_in, supports_reasoning } = fieldsOf(entry);
  return withoutUnknown({
    context_window: countIn(context_length) ?? countIn(max_model_len),
    vision: flagIn(supports_image_in),
    reasoning: flagIn(supports_reasoning),
  });
}

/** What Ollama shows of one model. */
export function factsOfShown(body: unknown): LiveFacts {
  const { capabilities, model_info } = fieldsOf(body);
  const info = fieldsOf(model_info);
  const architecture = String(info['general.architecture']);
  const context_window = countIn(info[`${architecture}.context_length`]);
  if (!Array.isArray(capabilities)) return withoutUnknown({ context_window });
  const is_embedding = capabilities.includes('embedding');
  return withoutUnknown({
    context_window,
    is_embedding,
    dimensions: is_embedding ? countIn(info[`${architecture}.embedding_length`]) : undefined,
    tools: capabilities.includes('tools'),
    vision: capabilities.includes('vision'),
    reasoning: capabilities.includes('thinking'),
  });
}

/** Both together, the provider's own word first; null when nothing is known of the model. */
export function mergedFacts(
  { id, name }: { id: LlmProvider; name: string },
  model: string,
  known: KnownModel | null,
  live: LiveFacts,
  today: string,
): ModelFactsDto | null {
  const isSaid = Object.keys(live).length > 0;
  if (!isSaid) return known && { ...toModelFacts(known), model };
  const source = known ? `${name}, ${known.source}` : name;
  const base = known ?? { provider: id, model, as_of: today, source };
  return { ...toModelFacts({ ...base, as_of: today, source }), ...live, model };
}

function withoutUnknown(facts: { [Name in keyof LiveFacts]: LiveFacts[Name] | undefined }): LiveFacts {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function countIn(value: unknown): number | undefined {
  return Number.isSafeInteger(value) && (value as number) > 0 ? (value as number) : undefined;
}

function flagIn(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}
