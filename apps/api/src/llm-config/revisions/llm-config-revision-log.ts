import { Injectable } from '@nestjs/common';
import type { RevisionAction } from '@opsagent/contracts';
import { Database } from '../../platform/database/database.js';
import type { LlmConfig } from '../llm-config.entity.js';
import { LlmConfigRevisionRepository, type NewRevision } from './llm-config-revisions.repository.js';
import { changesBetween, stateOf } from './revision-state.js';

/** A revision, and the one before it for a configuration that has none yet. */
interface Step {
  readonly first: NewRevision | null;
  readonly next: NewRevision;
}

/** Writes a revision with every change, all of a transaction together at its end. */
@Injectable()
export class LlmConfigRevisionLog {
  constructor(
    private readonly revisions: LlmConfigRevisionRepository,
    private readonly database: Database,
  ) {}

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
    const next = { ...keptOf(config), action, createdBy, changes };
    await this.database.atEnd<Step>({ first: before && firstOf(before), next }, this.write);
  }

  private readonly write = async (steps: Step[]): Promise<void> => {
    const known = await this.revisions.known(steps.map(({ next }) => next.llmConfigId));
    const revisions = steps.flatMap(({ first, next }) => {
      const isNew = !known.has(next.llmConfigId);
      known.add(next.llmConfigId);
      return first && isNew ? [first, next] : [next];
    });
    await this.revisions.add(revisions);
  };
}

/** A configuration older than its revisions gets its first one when it is changed. */
function firstOf(config: LlmConfig): NewRevision {
  const { createdBy, createdAt: at } = config;
  return { ...keptOf(config), action: 'create', createdBy, changes: changesBetween(null, config), at };
}

function keptOf(config: LlmConfig): Pick<NewRevision, 'llmConfigId' | 'state' | 'apiKey' | 'secretHeaders'> {
  const { id: llmConfigId, apiKey, options } = config;
  return { llmConfigId, state: stateOf(config), apiKey, secretHeaders: options?.secretHeaders ?? null };
}
