import { Injectable } from '@nestjs/common';
import type { RevisionAction } from '@opsagent/contracts';
import type { LlmConfig } from '../llm-config.entity.js';
import { LlmConfigRevisionRepository, type NewRevision } from './llm-config-revisions.repository.js';
import { changesBetween, stateOf } from './revision-state.js';

/** Writes a revision with every change, inside its transaction. */
@Injectable()
export class LlmConfigRevisionLog {
  constructor(private readonly revisions: LlmConfigRevisionRepository) {}

  /** A change that changed nothing makes no revision. A deletion keeps the last state. */
  async record(
    action: RevisionAction,
    before: LlmConfig | null,
    after: LlmConfig | null,
    createdBy: string | null,
  ): Promise<void> {
    const config = after ?? before;
    if (config === null) return;
    const changes = after ? changesBetween(before, after) : [];
    if (before && after && changes.length === 0) return;
    if (before) await this.addFirst(before);
    await this.revisions.add({ ...keptOf(config), action, createdBy, changes });
  }

  /** A configuration older than its revisions gets its first one when it is changed. */
  private async addFirst(config: LlmConfig): Promise<void> {
    const { createdBy, createdAt: at } = config;
    if (await this.revisions.hasAny(config.id)) return;
    const changes = changesBetween(null, config);
    await this.revisions.add({ ...keptOf(config), action: 'create', createdBy, changes, at });
  }
}

function keptOf(config: LlmConfig): Pick<NewRevision, 'llmConfigId' | 'state' | 'apiKey' | 'secretHeaders'> {
  const { id: llmConfigId, apiKey, options } = config;
  return { llmConfigId, state: stateOf(config), apiKey, secretHeaders: options?.secretHeaders ?? null };
}
