import { setImmediate as nextTurn } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { RevisionAction } from '@opsagent/contracts';
import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../platform/actor/current-actor.js';
import { AuditLog } from '../platform/audit/audit-log.js';
import { Database } from '../platform/database/database.js';
import { accessOf, toAccessDto } from './access/config-access.js';
import { LlmConfigAccess } from './access/llm-config-access.js';
import { LlmConfigKeys } from './llm-config-keys.js';
import { LlmConfigStore } from './llm-config-store.js';
import type { LlmConfig } from './llm-config.entity.js';
import { LlmConfigChanged, LlmConfigNotFound } from './llm-config.errors.js';
import { toDto } from './llm-config.mapper.js';
import { LlmConfigRepository } from './llm-config.repository.js';
import { LlmConfigRevisionLog } from './revisions/llm-config-revision-log.js';

/** Changes of many that are kept before others get their turn. */
const AT_ONCE = 50;

/** What the counters and clocks of the database change is nobody's doing. */
const NOT_AUDITED = ['usage_count', 'last_used_at', 'created_at', 'updated_at', 'updated_by', 'api_key_masked'];

/** What is done, by its name in the audit log. */
export type ChangeAction = `llm_config.${Exclude<RevisionAction, 'enable' | 'disable'> | 'toggle_status'}`;

/** What a change left behind. */
interface Outcome {
  /** Null after a deletion. */
  after: LlmConfig | null;
  /** Configurations that changed with it, as they were: they lost the default to this one, or had it in their chains. */
  others?: readonly LlmConfig[];
}

/** What a change of many left behind. */
interface ManyOutcome {
  /** By their ids; none after a deletion. */
  afters: ReadonlyMap<string, LlmConfig>;
  /** As in `Outcome`, apart from the many. */
  others?: readonly LlmConfig[];
}

/** Makes changes one at a time: who may, whether the caller saw the latest state, the audit entry, word to all caches. */
@Injectable()
export class LlmConfigChanges {
  constructor(
    private readonly database: Database,
    private readonly repository: LlmConfigRepository,
    private readonly keys: LlmConfigKeys,
    private readonly store: LlmConfigStore,
    private readonly audit: AuditLog,
    private readonly actor: CurrentActor,
    private readonly revisions: LlmConfigRevisionLog,
    private readonly access: LlmConfigAccess,
  ) {}

  /** Adds a configuration that is not there. */
  async create(action: ChangeAction, work: () => Promise<Outcome & { after: LlmConfig }>): Promise<LlmConfig> {
    return this.inTransaction(action, async () => ({ before: null, ...(await work()) }));
  }

  /**
   * Changes or deletes a configuration that exists.
   * @param seen what the caller believes `updated_at` to be; null when it does not say
   * @throws LlmConfigNotFound, NotYourLlmConfig, LlmConfigChanged
   */
  async change<T extends Outcome>(
    id: string,
    seen: Date | null,
    action: ChangeAction,
    work: (before: LlmConfig) => Promise<T>,
  ): Promise<T['after']> {
    return this.inTransaction(action, async () => {
      const before = await this.repository.findById(id);
      if (before === null) throw new LlmConfigNotFound(id);
      this.access.requireEditor(before);
      if (seen && seen.getTime() !== before.updatedAt.getTime()) throw new LlmConfigChanged(this.dtoOf(before));
      return { before, ...(await work(before)) };
    });
  }

  /**
   * Changes or deletes many that exist, in few statements. One that does not, is not the actor's, or of which `decide`
   * throws, stays.
   * @param write what is decided of each, by its id; answers what they and others that changed with them became
   * @returns why, for each that stays
   */
  async changeMany<T>(
    ids: readonly string[],
    action: ChangeAction,
    decide: (before: LlmConfig) => T,
    write: (decided: ReadonlyMap<string, T>) => Promise<ManyOutcome>,
  ): Promise<Map<string, unknown>> {
    const refused = new Map<string, unknown>();
    const changed = await this.database.transaction(async () => {
      await this.repository.changeAlone();
      const found = new Map((await this.repository.listByName({ ids })).map((config) => [config.id, config]));
      const decided = this.decided(ids, found, decide, refused);
      if (decided.size === 0) return [];
      const { afters, others = [] } = await write(decided);
      for (const id of decided.keys()) await this.keep(action, found.get(id) ?? null, afters.get(id) ?? null);
      await this.keepOthers(others);
      return [...decided.keys(), ...others.map(({ id }) => id)];
    });
    for (const id of changed) this.store.forget(id);
    return refused;
  }

  /** Adds or removes many in few statements; `work` answers each as it was and as it is. */
  async addOrRemoveMany(
    action: ChangeAction,
    work: () => Promise<readonly { before: LlmConfig | null; after: LlmConfig | null }[]>,
  ): Promise<void> {
    const changed = await this.database.transaction(async () => {
      await this.repository.changeAlone();
      const changes = await work();
      for (const [at, { before, after }] of changes.entries()) {
        await this.keep(action, before, after);
        if (at % AT_ONCE === 0) await nextTurn();
      }
      return changes;
    });
    for (const change of changed) this.store.forget(idOf(change));
  }

  /** The acting user's id; null for everybody else. */
  userId(): string | null {
    const actor = this.actor.get();
    return actor.kind === 'user' ? actor.userId : null;
  }

  private async inTransaction<T extends Outcome & { before: LlmConfig | null }>(
    action: ChangeAction,
    work: () => Promise<T>,
  ): Promise<T['after']> {
    const changed = new Set<string>();
    const { after } = await this.database.transaction(async () => {
      await this.repository.changeAlone();
      const outcome = await work();
      await this.keep(action, outcome.before, outcome.after);
      await this.keepOthers(outcome.others ?? []);
      for (const id of [idOf(outcome), ...(outcome.others ?? []).map((other) => other.id)]) changed.add(id);
      return outcome;
    });
    for (const id of changed) this.store.forget(id);
    return after;
  }

  /** What is decided of those that may be changed; the others are put into `refused`. */
  private decided<T>(
    ids: readonly string[],
    found: ReadonlyMap<string, LlmConfig>,
    decide: (before: LlmConfig) => T,
    refused: Map<string, unknown>,
  ): Map<string, T> {
    const decided = new Map<string, T>();
    for (const id of ids) {
      try {
        const before = found.get(id);
        if (!before) throw new LlmConfigNotFound(id);
        this.access.requireEditor(before);
        decided.set(id, decide(before));
      } catch (error) {
        refused.set(id, error);
      }
    }
    return decided;
  }

  /** @param others as they were before they changed with something else */
  private async keepOthers(others: readonly LlmConfig[]): Promise<void> {
    for (const other of others) {
      await this.revisions.record('update', other, await this.repository.findById(other.id), this.userId());
      await this.repository.announce(other.id);
    }
  }

  /** Says in the history, to all caches and in the audit log what happened to one. */
  private async keep(action: ChangeAction, before: LlmConfig | null, after: LlmConfig | null): Promise<void> {
    await this.revisions.record(revisionAction(action, after), before, after, this.userId());
    await this.repository.announce(idOf({ before, after }));
    await this.record(action, before, after);
  }

  private async record(action: ChangeAction, before: LlmConfig | null, after: LlmConfig | null): Promise<void> {
    const [was, is] = [before && this.audited(before), after && this.audited(after)];
    const fields = Object.keys({ ...was, ...is }).filter((field) => !isDeepStrictEqual(was?.[field], is?.[field]));
    const secrets = changedSecrets(before, after);
    if (before && after && fields.length === 0 && secrets.length === 0) return;
    const pick = (values: Record<string, unknown> | null) =>
      values ? Object.fromEntries(fields.map((field) => [field, values[field]])) : undefined;
    const target = (after ?? before) as LlmConfig;
    await this.audit.record({
      action,
      targetType: 'llm_config',
      targetId: target.id,
      targetName: target.name,
      before: pick(was),
      after: is ? { ...pick(is), ...Object.fromEntries(secrets.map((field) => [field, 'changed'])) } : undefined,
    });
  }

  private audited(config: LlmConfig): Record<string, unknown> {
    const dto = Object.entries(this.dtoOf(config)).filter(([field]) => !NOT_AUDITED.includes(field));
    const { tags = [], fallbackIds: fallback_ids = [] } = config.options ?? {};
    return { ...Object.fromEntries(dto), tags, fallback_ids, access: toAccessDto(accessOf(config)) };
  }

  private dtoOf(config: LlmConfig) {
    return toDto(config, this.keys.mask(config));
  }
}

/** The secrets that differ, by the names of their fields. */
function changedSecrets(before: LlmConfig | null, after: LlmConfig | null): string[] {
  const secretsOf = (config: LlmConfig | null): Record<string, string | null> => ({
    api_key: config?.apiKey ?? null,
    secret_headers: config?.options?.secretHeaders ?? null,
  });
  const [was, is] = [secretsOf(before), secretsOf(after)];
  return Object.keys(was).filter((field) => was[field] !== is[field]);
}

function idOf({ before, after }: { before: LlmConfig | null; after: LlmConfig | null }): string {
  return ((after ?? before) as LlmConfig).id;
}

function revisionAction(action: ChangeAction, after: LlmConfig | null): RevisionAction {
  const name = action.slice('llm_config.'.length) as Exclude<RevisionAction, 'enable' | 'disable'> | 'toggle_status';
  if (name !== 'toggle_status') return name;
  return after?.isActive ? 'enable' : 'disable';
}
