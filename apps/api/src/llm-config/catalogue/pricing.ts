import type { ExtraConfig, LlmConfigFacts } from '../llm-config-facts.js';
import { PROVIDERS } from '../providers/providers.js';
import type { ModelUsage } from '../wire/model-wire.js';
import type { CataloguePrice } from './catalogue-entry.js';
import { costOf, decimalOf, isDecimal, millionthsOf } from './decimal.js';
import type { ModelCatalogue } from './model-catalogue.js';
import { isWithin } from './price-hours.js';

/** What one model call cost, in 10^-12 of the currency. */
export interface CallPrice {
  readonly currency: string;
  readonly prompt: bigint;
  readonly completion: bigint;
  /** Per million tokens, as the price list says it. */
  readonly promptUnit: string;
  readonly completionUnit: string;
}

/** What a call cost in all, as a decimal. */
export function totalOf(price: CallPrice | null): { total: string; currency: string } | null {
  return price && { total: decimalOf(price.prompt + price.completion), currency: price.currency };
}

/** Regions whose customers are billed in dollars. */
const ABROAD = ['singapore', 'us', 'hong-kong', 'international'];

/** Workspaces of Alibaba's model studio outside China. */
const WORKSPACE_ABROAD = /\.(?!cn-)[a-z]+-[a-z]+-\d\.maas\.aliyuncs\.com$/;

/** What the calls of one configuration cost; made once per revision, and asked once per model call. */
export class Pricing {
  private readonly own: CataloguePrice | null;
  private readonly model: Pick<LlmConfigFacts, 'provider' | 'modelName' | 'baseUrl'>;
  private known: readonly CataloguePrice[] = [];
  private knownOf: object | undefined;

  constructor(
    { provider, modelName, baseUrl, extra }: Pick<LlmConfigFacts, 'provider' | 'modelName' | 'baseUrl' | 'extra'>,
    private readonly catalogue: Pick<ModelCatalogue, 'revision' | 'find'>,
  ) {
    this.own = ownPrice(extra.price);
    this.model = { provider, modelName, baseUrl };
  }

  /** Null when the price is not known; zero is a price. */
  priceOf(usage: ModelUsage, at: Date): CallPrice | null {
    const price = this.own ?? mostTelling(this.prices(), usage.promptTokens, at);
    return price ? callPrice(price, usage) : null;
  }

  private prices(): readonly CataloguePrice[] {
    if (this.knownOf === this.catalogue.revision) return this.known;
    this.knownOf = this.catalogue.revision;
    const { provider, modelName, baseUrl } = this.model;
    const prices = this.catalogue.find(provider, modelName)?.prices ?? [];
    return (this.known = inOneCurrency(prices, isAbroad(provider, baseUrl)));
  }
}

function callPrice(price: CataloguePrice, usage: ModelUsage): CallPrice {
  const cached = Math.min(usage.cachedTokens, usage.promptTokens);
  const input = costOf(usage.promptTokens - cached, millionthsOf(price.input));
  return {
    currency: price.currency,
    prompt: input + costOf(cached, millionthsOf(price.cached_input ?? price.input)),
    completion: costOf(usage.completionTokens, millionthsOf(price.output)),
    promptUnit: price.input,
    completionUnit: price.output,
  };
}

/** Of the prices that hold, one of these hours before one of any hour, then the one of the longest prompts. */
function mostTelling(prices: readonly CataloguePrice[], promptTokens: number, at: Date): CataloguePrice | undefined {
  let best: CataloguePrice | undefined;
  for (const price of prices) {
    if (promptTokens <= (price.above_prompt_tokens ?? -1)) continue;
    if (price.hours && !isWithin(price.hours, at)) continue;
    if (!best || isMoreTelling(price, best)) best = price;
  }
  return best;
}

function isMoreTelling(price: CataloguePrice, than: CataloguePrice): boolean {
  if (!price.hours !== !than.hours) return price.hours !== undefined;
  return (price.above_prompt_tokens ?? -1) > (than.above_prompt_tokens ?? -1);
}

/** Abroad yuan are nobody's price; in China some models are sold in dollars alone. */
function inOneCurrency(prices: readonly CataloguePrice[], abroad: boolean): readonly CataloguePrice[] {
  const inYuan = prices.filter(({ currency }) => currency === 'CNY');
  const others = prices.filter(({ currency }) => currency !== 'CNY');
  return !abroad && inYuan.length > 0 ? inYuan : others;
}

function isAbroad(provider: LlmConfigFacts['provider'], baseUrl: string): boolean {
  const host = hostOf(baseUrl);
  const address = PROVIDERS[provider].addresses.find(({ url }) => hostOf(url) === host);
  return address ? ABROAD.includes(address.region) : WORKSPACE_ABROAD.test(host);
}

function hostOf(url: string): string {
  return URL.parse(url)?.hostname ?? '';
}

/** A price the configuration says itself. */
function ownPrice(price: ExtraConfig['price']): CataloguePrice | null {
  if (!price) return null;
  const { currency, input, cached_input: cached, output } = price;
  const [read, cachedRead, written] = [input, cached ?? input, output].map(String);
  if (typeof currency !== 'string' || !isDecimal(read) || !isDecimal(cachedRead) || !isDecimal(written)) return null;
  return { currency, input: read, cached_input: cachedRead, output: written };
}
