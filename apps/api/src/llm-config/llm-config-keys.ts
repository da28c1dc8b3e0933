import { Injectable } from '@nestjs/common';
import { SealedColumns } from '../platform/secrets/sealed-columns.js';
import { SecretBox, SecretUnreadable } from '../platform/secrets/secret-box.js';
import type { LlmConfig } from './llm-config.entity.js';
import { LlmConfigNotUsable } from './llm-config.errors.js';
import { maskKey } from './rules/api-key.js';

/** The part of a row that its key needs. */
type Sealed = Pick<LlmConfig, 'id' | 'name' | 'apiKey'>;

/** Seals and opens the keys of configurations; the only place that sees them. */
@Injectable()
export class LlmConfigKeys {
  private readonly masks = new Map<string, { sealed: string; mask: string | null }>();

  constructor(
    private readonly box: SecretBox,
    columns: SealedColumns,
  ) {
    columns.register({ table: 'llm_configs', column: 'api_key', key: 'id', row: 'id', place: PLACE });
    // A revision keeps the text of its configuration's row.
    columns.register({
      table: 'llm_config_revisions',
      column: 'api_key',
      key: 'id',
      row: 'llm_config_id',
      place: PLACE,
    });
  }

  seal(id: string, plain: string): string {
    return this.box.seal(plain, placeOf(id));
  }

  /** The key itself; null without one. @throws LlmConfigNotUsable when it was sealed by another master key or damaged. */
  open({ id, name, apiKey }: Sealed): string | null {
    if (apiKey === null) return null;
    try {
      return this.box.open(apiKey, placeOf(id));
    } catch (cause) {
      if (!(cause instanceof SecretUnreadable)) throw cause;
      throw new LlmConfigNotUsable(name, 'has a key that cannot be read any more: enter it again', { cause });
    }
  }

  /** What may be shown of the key; null without one and for one that cannot be read. Kept, so that a list opens nothing. */
  mask(config: Sealed): string | null {
    if (config.apiKey === null) return null;
    const known = this.masks.get(config.id);
    if (known?.sealed === config.apiKey) return known.mask;
    const mask = this.maskOf(config);
    this.masks.set(config.id, { sealed: config.apiKey, mask });
    return mask;
  }

  /** Drops what is kept of a configuration that is gone. */
  forget(id: string): void {
    this.masks.delete(id);
  }

  private maskOf(config: Sealed): string | null {
    try {
      return maskKey(this.open(config) ?? '');
    } catch (error) {
      if (error instanceof LlmConfigNotUsable) return null;
      throw error;
    }
  }
}

const PLACE = { table: 'llm_configs', column: 'api_key' } as const;

const placeOf = (id: string) => ({ ...PLACE, row: id });
