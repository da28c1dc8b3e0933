import { Injectable } from '@nestjs/common';
import { LlmConfigAccess } from './access/llm-config-access.js';
import { LlmConfigChanges } from './llm-config-changes.js';
import { LlmConfigHeaders } from './llm-config-headers.js';
import { LlmConfigKeys } from './llm-config-keys.js';
import type { LlmConfig } from './llm-config.entity.js';
import { LlmConfigNotFound } from './llm-config.errors.js';
import { withChanges } from './llm-config.mapper.js';
import { LlmConfigRepository } from './llm-config.repository.js';

const LONGEST_NAME = 100;

/** Makes a configuration out of another one. */
@Injectable()
export class LlmConfigCopies {
  constructor(
    private readonly repository: LlmConfigRepository,
    private readonly changes: LlmConfigChanges,
    private readonly access: LlmConfigAccess,
    private readonly keys: LlmConfigKeys,
    private readonly headers: LlmConfigHeaders,
  ) {}

  /**
   * A copy with the same key, which is why only who may change the original may make it; never the default.
   * @param name numbered by itself when null
   * @throws LlmConfigNotFound, NotYourLlmConfig, LlmConfigNameTaken, LlmConfigNotUsable for a key that cannot be read
   */
  duplicate(id: string, name: string | null): Promise<LlmConfig> {
    return this.changes.create('llm_config.create', async () => {
      const original = await this.repository.findById(id);
      if (!original) throw new LlmConfigNotFound(id);
      this.access.requireEditor(original);
      const copyId = this.repository.newId();
      const key = this.keys.open(original);
      const by = this.changes.userId();
      const values = {
        ...withChanges(original, { name: name ?? (await this.freeName(original.name)) }),
        ...this.headers.resealed(copyId, original),
        isDefault: false,
        apiKey: key === null ? null : this.keys.seal(copyId, key),
        createdBy: by,
        updatedBy: by,
      };
      return { after: await this.repository.insert(copyId, values) };
    });
  }

  /** The next number behind the name without its own: `main`, `main 2`, `main 3`; in lower case, none of those reserved. */
  async freeName(original: string, reserved: ReadonlySet<string> = new Set()): Promise<string> {
    const stem = original.replace(/ \d{1,6}$/, '');
    const taken = await this.repository.namesBeginningWith(stem.slice(0, LONGEST_NAME - 7));
    for (let number = 2; ; number++) {
      const end = ` ${number}`;
      const name = stem.slice(0, LONGEST_NAME - end.length).trimEnd() + end;
      if (!taken.has(name.toLowerCase()) && !reserved.has(name.toLowerCase())) return name;
    }
  }
}
