import type { LlmProvider } from '@opsagent/contracts';

/** Hours of the week in which a price holds: days are 1 (Monday) to 7, ranges `09:00-12:00`. */
export interface PriceHours {
  readonly time_zone: string;
  readonly days: readonly number[];
  readonly ranges: readonly string[];
}

/** A price per million tokens, as decimals. The one that says most about a call counts. */
export interface CataloguePrice {
  readonly currency: string;
  readonly input: string;
  /** Left out: as other input. */
  readonly cached_input?: string;
  readonly output: string;
  /** Holds for calls with more prompt tokens than these. */
  readonly above_prompt_tokens?: number;
  readonly hours?: PriceHours;
}

/** What the catalogue says of one model; what is left out is not known. */
export interface CatalogueEntry {
  readonly provider: LlmProvider;
  readonly model: string;
  /** Other names of it; a `*` at the end stands for anything. */
  readonly aliases?: readonly string[];
  readonly is_embedding?: boolean;
  readonly context_window?: number;
  readonly max_output?: number;
  readonly tools?: boolean;
  readonly vision?: boolean;
  readonly reasoning?: boolean;
  readonly json_schema?: boolean;
  readonly dimensions?: number;
  readonly prices?: readonly CataloguePrice[];
  readonly source: string;
}

/** A catalogue as it stands in a file. */
export interface CatalogueFile {
  readonly as_of: string;
  readonly entries: readonly CatalogueEntry[];
}
