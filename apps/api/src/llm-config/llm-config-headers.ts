import { Injectable } from '@nestjs/common';
import { SealedColumns } from '../platform/secrets/sealed-columns.js';
import { SecretBox, SecretUnreadable } from '../platform/secrets/secret-box.js';
import type { LlmConfig } from './llm-config.entity.js';
import { LlmConfigNotUsable } from './llm-config.errors.js';
import { requireHeadersForNewPlace } from './rules/key-change.js';
import type { Draft } from './rules/draft.js';
import { hiddenIn, plainHeaders, splitHeaders } from './rules/secret-headers.js';

type Headers = Readonly<Record<string, string>>;

/** The part of a row that its headers need. */
type WithHeaders = Pick<LlmConfig, 'id' | 'name' | 'extraConfig' | 'provider' | 'baseUrl'> & {
  options: Pick<NonNullable<LlmConfig['options']>, 'secretHeaders'> | null;
};

/** What is stored of the headers. */
export interface StoredHeaders {
  readonly extraConfig: Record<string, unknown> | null;
  readonly secretHeaders: string | null;
}

/** Seals and opens the values of headers that carry credentials; the only place that sees them. */
@Injectable()
export class LlmConfigHeaders {
  constructor(
    private readonly box: SecretBox,
    columns: SealedColumns,
  ) {
    const text = { column: 'secret_headers', row: 'llm_config_id', place: PLACE };
    columns.register({ table: 'llm_config_options', key: 'llm_config_id', ...text });
    // A revision keeps the text of its configuration's row.
    columns.register({ table: 'llm_config_revisions', key: 'id', ...text });
  }

  /**
   * The headers of a draft as they are stored; hidden values stay what they were.
   * @param before the configuration that is changed; null for a new one
   * @throws InvalidInput for a hidden value that is not stored, or is stored for another server
   */
  sealed(id: string, draft: Draft, before: WithHeaders | null): StoredHeaders {
    const { extraConfig, entered, kept } = splitHeaders(draft.extraConfig, before?.extraConfig ?? null);
    if (before && kept.length > 0) requireHeadersForNewPlace(before, draft);
    const isSame = Object.keys(entered).length === 0 && kept.length === hiddenIn(before?.extraConfig ?? null).length;
    if (isSame) return { extraConfig, secretHeaders: before?.options?.secretHeaders ?? null };
    const values = { ...this.keptOf(before, kept), ...entered };
    return { extraConfig, secretHeaders: this.seal(id, values) };
  }

  /** The same headers for another configuration. @throws LlmConfigNotUsable when they cannot be read */
  resealed(id: string, { extraConfig, ...original }: WithHeaders): StoredHeaders {
    return { extraConfig, secretHeaders: this.seal(id, this.secretsOf({ extraConfig, ...original })) };
  }

  /** All headers of a stored configuration. @throws LlmConfigNotUsable when they were sealed by another master key or damaged */
  open(config: WithHeaders): Headers {
    return { ...plainHeaders(config.extraConfig), ...this.secretsOf(config) };
  }

  /** The headers of values that nobody stored. @throws as `sealed` does, and LlmConfigNotUsable */
  openUnsaved(draft: Draft, edited: WithHeaders | null): Headers {
    const { extraConfig, entered, kept } = splitHeaders(draft.extraConfig, edited?.extraConfig ?? null);
    if (edited && kept.length > 0) requireHeadersForNewPlace(edited, draft);
    return { ...plainHeaders(extraConfig), ...entered, ...this.keptOf(edited, kept) };
  }

  /** Whether the values can be opened; true without any. */
  areReadable(config: WithHeaders): boolean {
    try {
      this.secretsOf(config);
      return true;
    } catch (error) {
      if (error instanceof LlmConfigNotUsable) return false;
      throw error;
    }
  }

  private keptOf(config: WithHeaders | null, names: readonly string[]): Headers {
    if (config === null || names.length === 0) return {};
    return Object.fromEntries(Object.entries(this.secretsOf(config)).filter(([name]) => names.includes(name)));
  }

  private seal(id: string, values: Headers): string | null {
    return Object.keys(values).length === 0 ? null : this.box.seal(JSON.stringify(values), placeOf(id));
  }

  private secretsOf({ id, name, options }: WithHeaders): Headers {
    if (!options?.secretHeaders) return {};
    try {
      return JSON.parse(this.box.open(options.secretHeaders, placeOf(id))) as Headers;
    } catch (cause) {
      if (!(cause instanceof SecretUnreadable)) throw cause;
      throw new LlmConfigNotUsable(name, 'has headers that cannot be read any more: enter them again', { cause });
    }
  }
}

const PLACE = { table: 'llm_config_options', column: 'secret_headers' };
const placeOf = (id: string) => ({ ...PLACE, row: id });
