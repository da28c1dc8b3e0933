import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InvalidInput } from '../platform/errors/domain-error.js';
import { LlmConfigAccess } from './access/llm-config-access.js';
import { LlmConfigUses } from './llm-config-uses.js';
import { LlmConfigRepository } from './llm-config.repository.js';
import type { Draft } from './rules/draft.js';

/** The chains of configurations that answer in each other's place. */
@Injectable()
export class LlmConfigFallbacks implements OnModuleInit {
  constructor(
    private readonly repository: LlmConfigRepository,
    private readonly uses: LlmConfigUses,
    private readonly access: LlmConfigAccess,
  ) {}

  onModuleInit(): void {
    this.uses.register('fallback chains', (ids) => this.repository.chainsWith(ids, this.access.asker()));
  }

  /**
   * Every member of a chain exists, is another one and of the same kind. Chains of two configurations may name each
   * other: only the chain of the one that was asked for counts.
   * Who may not use a configuration cannot name it either, but it stays where it stands.
   * @param standing those that were in the chain before
   * @throws InvalidInput
   */
  async check(id: string | null, { fallbackIds, isEmbedding }: Draft, standing: readonly string[] = []): Promise<void> {
    const kinds = new Map([
      ...(await this.repository.kindsOf(standing, null)),
      ...(await this.repository.kindsOf(fallbackIds, this.access.asker())),
    ]);
    const problem = fallbackIds
      .map((fallbackId) => {
        if (fallbackId === id) return 'must not name the configuration itself';
        const kind = kinds.get(fallbackId);
        if (kind === undefined) return `names no model configuration: ${fallbackId}`;
        return kind === isEmbedding ? null : `names a model of the other kind: ${fallbackId}`;
      })
      .find((found) => found !== null);
    if (problem) throw new InvalidInput([{ field: 'fallback_ids', message: `fallback_ids ${problem}` }]);
  }
}
