import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { ImportChoice, ImportDecisionDto } from '@opsagent/contracts';
import { InvalidInput } from '../../platform/errors/domain-error.js';
import type { DoneWork } from '../../platform/jobs/job-work.js';
import { LlmConfigAccess } from '../access/llm-config-access.js';
import { LlmConfigChanges } from '../llm-config-changes.js';
import { LlmConfigCopies } from '../llm-config-copies.js';
import { LlmConfigHeaders } from '../llm-config-headers.js';
import { LlmConfigKeys } from '../llm-config-keys.js';
import { LlmConfigUses } from '../llm-config-uses.js';
import type { LlmConfig } from '../llm-config.entity.js';
import { LlmConfigNotUsable } from '../llm-config.errors.js';
import { LlmConfigRepository, type LlmConfigValues } from '../llm-config.repository.js';
import { ImportDrafts } from './plan/import-drafts.js';
import { nameKey, type Outcome, type PlannedItem } from './plan/planned-item.js';

/** Keys sealed before others get their turn. */
const AT_ONCE = 50;

type DoneItem = DoneWork['items'][number];

/** What an item is decided to become. */
interface WriteStep {
  readonly item: PlannedItem;
  readonly id: string;
  /** The configuration that it changes; null for a new one. */
  readonly existing: LlmConfig | null;
  readonly outcome: Outcome;
}

interface SkipStep {
  readonly item: PlannedItem;
  readonly skipped: string;
}

type Step = WriteStep | SkipStep;

/** How the undo of an import knows what it did. */
export interface ImportUndo {
  readonly was: 'created' | 'changed';
  /** What is changed since is left alone. */
  readonly updated_at: string;
}

/** Stores what a plan says; called inside the transaction in which the plan was made. */
@Injectable()
export class ImportWriter {
  constructor(
    private readonly repository: LlmConfigRepository,
    private readonly changes: LlmConfigChanges,
    private readonly access: LlmConfigAccess,
    private readonly keys: LlmConfigKeys,
    private readonly headers: LlmConfigHeaders,
    private readonly uses: LlmConfigUses,
    private readonly copies: LlmConfigCopies,
    private readonly drafts: ImportDrafts,
  ) {}

  /** @throws InvalidInput for a decision that cannot be followed, NotYourLlmConfig, LlmConfigNotUsable */
  async write(items: readonly PlannedItem[], decisions: readonly ImportDecisionDto[]): Promise<DoneItem[]> {
    const steps = await this.stepsOf(items, choicesOf(items, decisions));
    // Of two with one name in the file, chains mean the first.
    const named = [...steps].reverse().filter((step) => 'id' in step);
    const ids = new Map(named.map(({ item, id }) => [nameKey(item.dto.name), id]));
    const all = new Map([...(await this.idsOf(items, ids)), ...ids]);
    const stored = new Map<string, LlmConfig>();
    await this.create(steps.filter(isNew), all, stored);
    for (const step of steps) if ('id' in step && step.existing) stored.set(step.id, await this.change(step, all));
    return steps.map((step) => ('id' in step ? doneItem(step, stored.get(step.id)) : skipped(step)));
  }

  private async stepsOf(items: readonly PlannedItem[], choices: ReadonlyMap<number, ImportChoice>): Promise<Step[]> {
    const names = new Set(items.map(({ dto }) => nameKey(dto.name)));
    const steps: Step[] = [];
    for (const item of items) steps.push(await this.stepOf(item, choices.get(item.dto.index), names));
    return steps;
  }

  private async stepOf(item: PlannedItem, choice: ImportChoice | undefined, names: Set<string>): Promise<Step> {
    const { action, existing, outcome, input, dto } = item;
    if (outcome === null || input === null) return { item, skipped: dto.reasons.join('; ') };
    if (action === 'same') return { item, skipped: 'It is there already, and the same.' };
    if (choice === 'skip') return { item, skipped: 'It was left out on request.' };
    if (action === 'new') return { item, id: this.repository.newId(), existing: null, outcome };
    if (choice === 'rename') {
      const name = await this.copies.freeName(input.name, names);
      names.add(nameKey(name));
      const renamed = this.drafts.outcomeOf(Object.assign(input, { name }), null, false);
      return { item, id: this.repository.newId(), existing: null, outcome: renamed };
    }
    if (action === 'conflict' && choice !== 'overwrite') return { item, skipped: dto.reasons.join('; ') };
    if (existing === null)
      throw refused(dto.index, 'cannot overwrite: there is no configuration of that name that you may change');
    return { item, id: existing.id, existing, outcome };
  }

  /** The ids of the members of chains that the import itself does not bring. */
  private async idsOf(items: readonly PlannedItem[], known: ReadonlyMap<string, string>): Promise<Map<string, string>> {
    const names = items.flatMap(({ fallbacks }) => fallbacks ?? []).filter((name) => !known.has(nameKey(name)));
    if (names.length === 0) return new Map();
    const found = await this.repository.listByName({ names: [...new Set(names)] }, this.access.asker());
    return new Map(found.map(({ name, id }) => [nameKey(name), id]));
  }

  private async create(
    steps: readonly WriteStep[],
    ids: ReadonlyMap<string, string>,
    stored: Map<string, LlmConfig>,
  ): Promise<void> {
    const createdBy = this.changes.userId();
    const many = new Map<string, LlmConfigValues>();
    for (const [at, step] of steps.entries()) {
      many.set(step.id, { ...this.valuesOf(step, ids), createdBy });
      if (at % AT_ONCE === 0) await nextTurn();
    }
    await this.changes.addOrRemoveMany('llm_config.import', async () => {
      for (const [id, config] of await this.repository.insertMany(many)) stored.set(id, config);
      return [...stored.values()].map((after) => ({ before: null, after }));
    });
  }

  private change(step: WriteStep, ids: ReadonlyMap<string, string>): Promise<LlmConfig> {
    return this.changes.change(step.id, null, 'llm_config.import', async (before) => {
      await this.requireSameKind(before, step.outcome);
      return { after: await this.repository.update(step.id, this.valuesOf(step, ids)) };
    });
  }

  private valuesOf(
    { item, id, existing, outcome }: WriteStep,
    ids: ReadonlyMap<string, string>,
  ): Omit<LlmConfigValues, 'createdBy'> {
    const fallbackIds = item.fallbacks?.flatMap((name) => ids.get(nameKey(name)) ?? []).filter((other) => other !== id);
    const draft = { ...outcome.draft, ...(fallbackIds ? { fallbackIds } : {}) };
    const { keepsStored, plain } = outcome.key;
    const apiKey = keepsStored ? (existing?.apiKey ?? null) : plain === null ? null : this.keys.seal(id, plain);
    return { ...draft, ...this.headers.sealed(id, draft, existing), apiKey, updatedBy: this.changes.userId() };
  }

  /** Whoever uses a chat model cannot go on with one for embeddings. */
  private async requireSameKind(before: LlmConfig, { draft }: Outcome): Promise<void> {
    if (before.isEmbedding === draft.isEmbedding) return;
    const uses = await this.uses.sentenceFor(before.id);
    if (uses !== null) throw new LlmConfigNotUsable(before.name, `cannot change its kind of model: it is ${uses}`);
  }
}

function choicesOf(items: readonly PlannedItem[], decisions: readonly ImportDecisionDto[]): Map<number, ImportChoice> {
  const stranger = decisions.find(({ index }) => items[index] === undefined);
  if (stranger) throw refused(stranger.index, 'is not in the file');
  return new Map(decisions.map(({ index, choice }) => [index, choice]));
}

function refused(index: number, rest: string): InvalidInput {
  return new InvalidInput([{ field: 'decisions', message: `decisions: item ${index} ${rest}` }]);
}

function isNew(step: Step): step is WriteStep {
  return 'id' in step && step.existing === null;
}

function skipped({ item, skipped: detail }: SkipStep): DoneItem {
  return { targetId: item.existing?.id ?? null, name: item.dto.name, state: 'skipped', detail };
}

function doneItem({ id, existing, outcome, item }: WriteStep, stored: LlmConfig | undefined): DoneItem {
  const was = existing === null ? 'created' : 'changed';
  const undo: ImportUndo = { was, updated_at: stored?.updatedAt.toISOString() ?? '' };
  const detail = `It was ${was}.${outcome.missesKey ? ' It stays inactive until its key is entered.' : ''}`;
  return { targetId: id, name: stored?.name ?? item.dto.name, state: 'passed', detail, undo };
}
