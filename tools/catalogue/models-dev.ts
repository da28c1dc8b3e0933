import type {
  CatalogueEntry,
  CatalogueFile,
  CataloguePrice,
} from '../../apps/api/src/llm-config/catalogue/catalogue-entry.ts';

/** A provider of models.dev as one of ours. */
interface Source {
  readonly theirs: string;
  readonly ours: CatalogueEntry['provider'];
  /** What it costs in China is converted to dollars there, and nobody is billed that. */
  readonly isConverted?: boolean;
}

/** Of a model that two of them have, the first one's facts count. */
const SOURCES: readonly Source[] = [
  { theirs: 'openai', ours: 'openai' },
  { theirs: 'deepseek', ours: 'deepseek' },
  { theirs: 'alibaba', ours: 'tongyi' },
  { theirs: 'alibaba-cn', ours: 'tongyi', isConverted: true },
  { theirs: 'zai', ours: 'zhipu' },
  { theirs: 'zhipuai', ours: 'zhipu', isConverted: true },
  { theirs: 'moonshotai', ours: 'moonshot' },
  { theirs: 'moonshotai-cn', ours: 'moonshot', isConverted: true },
];

type Fields = Readonly<Record<string, unknown>>;

/** Turns the `api.json` of models.dev into a catalogue of ours. @throws Error when it is something else */
export function fromModelsDev(api: unknown, asOf: string): CatalogueFile {
  const providers = fieldsOf(api);
  const entries = new Map<string, CatalogueEntry>();
  for (const source of SOURCES) {
    for (const model of Object.values(fieldsOf(fieldsOf(providers[source.theirs])['models']))) {
      const entry = entryOf(source, fieldsOf(model), asOf);
      if (entry === null) continue;
      const key = `${entry.provider} ${entry.model}`;
      if (!entries.has(key)) entries.set(key, entry);
    }
  }
  if (entries.size === 0) throw new Error('It holds no model of a provider of ours: is it the api.json of models.dev?');
  return { as_of: asOf, entries: [...entries.values()] };
}

function entryOf({ ours, isConverted }: Source, model: Fields, asOf: string): CatalogueEntry | null {
  const { id, limit, modalities } = model;
  if (typeof id !== 'string' || id === '') return null;
  const isEmbedding = /embed/i.test(id);
  const { context, output } = fieldsOf(limit);
  const inputs = fieldsOf(modalities)['input'];
  const prices = isConverted ? [] : pricesOf(fieldsOf(model['cost']), isEmbedding);
  return withoutUnknown({
    provider: ours,
    model: id,
    is_embedding: isEmbedding ? true : undefined,
    context_window: countIn(context),
    max_output: isEmbedding ? undefined : countIn(output),
    tools: isEmbedding ? undefined : flagIn(model['tool_call']),
    vision: !isEmbedding && Array.isArray(inputs) ? inputs.includes('image') : undefined,
    reasoning: isEmbedding ? undefined : flagIn(model['reasoning']),
    json_schema: isEmbedding ? undefined : flagIn(model['structured_output']),
    prices: prices.length > 0 ? prices : undefined,
    source: `models.dev ${asOf}`,
  });
}

function pricesOf(cost: Fields, isEmbedding: boolean): CataloguePrice[] {
  const usual = priceOf(cost, isEmbedding);
  const long = priceOf(fieldsOf(cost['context_over_200k']), isEmbedding);
  if (usual === null) return [];
  return long === null ? [usual] : [usual, { ...long, above_prompt_tokens: 200_000 }];
}

function priceOf(cost: Fields, isEmbedding: boolean): CataloguePrice | null {
  const [input, cached, output] = [cost['input'], cost['cache_read'], cost['output']].map(decimalIn);
  const written = output ?? (isEmbedding ? '0' : undefined);
  if (input === undefined || written === undefined) return null;
  return { currency: 'USD', input, ...(cached === undefined ? {} : { cached_input: cached }), output: written };
}

/** At most six places, which is as exact as a price is kept; never `1e-7`. */
function decimalIn(value: unknown): string | undefined {
  if (typeof value !== 'number' || !(value >= 0 && value < 1e9)) return undefined;
  return value.toFixed(6).replace(/\.?0+$/, '');
}

function withoutUnknown(entry: { [Name in keyof CatalogueEntry]: CatalogueEntry[Name] | undefined }): CatalogueEntry {
  return Object.fromEntries(
    Object.entries(entry).filter(([, value]) => value !== undefined),
  ) as unknown as CatalogueEntry;
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function countIn(value: unknown): number | undefined {
  return Number.isSafeInteger(value) && (value as number) > 0 ? (value as number) : undefined;
}

function flagIn(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}
