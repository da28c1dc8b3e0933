import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import type { JobItem, JobOutcome, UndoItem } from '../../platform/jobs/job-work.js';
import { type ChangeAction, LlmConfigChanges } from '../llm-config-changes.js';
import type { LlmConfig } from '../llm-config.entity.js';
import { LlmConfigChangedSince } from '../llm-config.errors.js';
import { LlmConfigRepository, type ManyValues } from '../llm-config.repository.js';
import { checkedTags } from '../rules/draft.js';
import { AlreadySo, leftBy } from './bulk-outcome.js';

/** An item of a job here always names a configuration. */
export type Target = JobItem & { readonly targetId: string };
export type UndoTarget = UndoItem & Target;

/** A value before and after a change; it is put back only while it still is what it became. */
interface Swap<T> {
  readonly before: T;
  readonly after: T;
}

/** What is decided of one configuration: what to write, and what its way back needs. */
interface Decision {
  readonly values: Partial<ManyValues>;
  readonly outcome?: Pick<JobOutcome, 'detail' | 'undo'>;
}

/** The changes that many configurations go through in few statements, and the ways back. */
@Injectable()
export class BulkChanges {
  constructor(
    private readonly changes: LlmConfigChanges,
    private readonly repository: LlmConfigRepository,
  ) {}

  /** Switched off, one stops being the default. */
  setActive(targets: readonly Target[], isActive: boolean): Promise<JobOutcome[]> {
    return this.apply(targets, 'llm_config.toggle_status', (before) => {
      if (before.isActive === isActive) throw new AlreadySo(`It is ${isActive ? 'active' : 'inactive'} already.`);
      const values = { isActive, isDefault: before.isDefault && isActive };
      const undo = { was_default: before.isDefault };
      return { values, outcome: { undo, ...(before.isDefault ? { detail: 'It is no longer the default.' } : {}) } };
    });
  }

  addTags(targets: readonly Target[], added: readonly string[]): Promise<JobOutcome[]> {
    return this.swapTags(targets, (tags) => [...tags, ...added], 'It has these tags already.');
  }

  removeTags(targets: readonly Target[], removed: readonly string[]): Promise<JobOutcome[]> {
    const words = new Set(removed.map((tag) => tag.toLowerCase()));
    const left = (tags: string[]) => tags.filter((tag) => !words.has(tag.toLowerCase()));
    return this.swapTags(targets, left, 'It has none of these tags.');
  }

  /** Tags that somebody changed since stay. */
  putTagsBack(targets: readonly UndoTarget[]): Promise<JobOutcome[]> {
    return this.apply(targets, 'llm_config.update', (config, { undo }) => {
      const { before, after } = undo as Swap<string[]>;
      if (!isDeepStrictEqual(tagsOf(config), after)) throw new LlmConfigChangedSince(config.name, 'tags');
      return { values: { tags: before } };
    });
  }

  /** The time for a whole answer, in milliseconds. */
  setTimeout(targets: readonly Target[], totalMs: number): Promise<JobOutcome[]> {
    return this.apply(targets, 'llm_config.update', (config) => {
      const before = totalMsOf(config);
      if (before === totalMs) throw new AlreadySo(`Its timeout is ${totalMs} ms already.`);
      return { values: { extraConfig: withTotalMs(config, totalMs) }, outcome: { undo: { before, after: totalMs } } };
    });
  }

  /** A timeout that somebody changed since stays. */
  putTimeoutBack(targets: readonly UndoTarget[]): Promise<JobOutcome[]> {
    return this.apply(targets, 'llm_config.update', (config, { undo }) => {
      const { before, after } = undo as Swap<number | null>;
      if (totalMsOf(config) !== after) throw new LlmConfigChangedSince(config.name, 'timeouts');
      return { values: { extraConfig: withTotalMs(config, before) } };
    });
  }

  private swapTags(
    targets: readonly Target[],
    change: (tags: string[]) => string[],
    alreadySo: string,
  ): Promise<JobOutcome[]> {
    return this.apply(targets, 'llm_config.update', (config) => {
      const before = tagsOf(config);
      const after = checkedTags(change(before));
      if (isDeepStrictEqual(before, after)) throw new AlreadySo(alreadySo);
      return { values: { tags: after }, outcome: { undo: { before, after } } };
    });
  }

  private async apply<T extends Target>(
    targets: readonly T[],
    action: ChangeAction,
    decide: (before: LlmConfig, target: T) => Decision,
  ): Promise<JobOutcome[]> {
    const byId = new Map(targets.map((target) => [target.targetId, target]));
    const outcomes = new Map<string, JobOutcome>();
    const decideOne = (before: LlmConfig): ManyValues => {
      const { values, outcome } = decide(before, byId.get(before.id) as T);
      outcomes.set(before.id, { state: 'passed', ...outcome });
      const { isActive, isDefault, extraConfig } = before;
      return { isActive, isDefault, extraConfig, tags: tagsOf(before), ...values };
    };
    const refused = await this.changes.changeMany([...byId.keys()], action, decideOne, async (decided) => ({
      afters: await this.repository.updateMany(decided, this.changes.userId()),
    }));
    return targets.map(({ targetId: id }) => outcomes.get(id) ?? leftBy(refused.get(id)));
  }
}

function tagsOf(config: LlmConfig): string[] {
  return config.options?.tags ?? [];
}

function totalMsOf(config: LlmConfig): number | null {
  const { total_ms } = (config.extraConfig?.['timeouts'] ?? {}) as { total_ms?: number };
  return total_ms ?? null;
}

/** Nothing is left behind where there was nothing. */
function withTotalMs({ extraConfig }: LlmConfig, totalMs: number | null): Record<string, unknown> | null {
  const { timeouts, ...rest } = extraConfig ?? {};
  const { total_ms: _, ...others } = (timeouts ?? {}) as Record<string, unknown>;
  const wanted = { ...others, ...(totalMs === null ? {} : { total_ms: totalMs }) };
  const extra = { ...rest, ...(Object.keys(wanted).length > 0 ? { timeouts: wanted } : {}) };
  return Object.keys(extra).length > 0 ? extra : null;
}
