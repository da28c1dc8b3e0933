import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { CreateLlmConfigDto } from '@opsagent/contracts';
import { InvalidInput } from '../../../platform/errors/domain-error.js';
import { LlmConfigAccess } from '../../access/llm-config-access.js';
import type { KnownUsers } from '../../access/llm-config-people.js';
import type { LlmConfig } from '../../llm-config.entity.js';
import { LlmConfigRepository } from '../../llm-config.repository.js';
import { hiddenIn } from '../../rules/secret-headers.js';
import type { FileContents, FileItem } from '../sources/file-item.js';
import { checkedInput } from './checked-input.js';
import { importChanges } from './import-changes.js';
import { ImportDrafts } from './import-drafts.js';
import { ImportPeople, leaveStrangersOut } from './import-people.js';
import { nameKey, type Outcome, type PlannedItem } from './planned-item.js';

const MOST_FALLBACKS = 5;
/** Items judged before others get their turn. */
const AT_ONCE = 50;

/** What all items of a plan look at. */
interface Surroundings {
  readonly namesDefaults: boolean;
  /** Those that whoever asks may see. */
  readonly existing: ReadonlyMap<string, LlmConfig>;
  /** Names that are taken by what whoever asks may not see. */
  readonly taken: ReadonlySet<string>;
  readonly users: KnownUsers;
  /** Names of the configurations that stand in chains of existing ones. */
  readonly names: ReadonlyMap<string, string>;
  /** The kinds of model that have a default, or get one from an item before. */
  readonly defaults: Set<boolean>;
  /** The kinds of model of what the file holds, and the lines, by name. */
  readonly inFile: Map<string, { isEmbedding: boolean; line: number | null }>;
}

/** Judges what would become of every configuration of a file. Nothing is changed. */
@Injectable()
export class ImportPlanner {
  constructor(
    private readonly repository: LlmConfigRepository,
    private readonly access: LlmConfigAccess,
    private readonly drafts: ImportDrafts,
    private readonly people: ImportPeople,
  ) {}

  async plan({ items, namesDefaults }: FileContents): Promise<PlannedItem[]> {
    const around = await this.surroundingsOf(items, namesDefaults);
    const planned: PlannedItem[] = [];
    for (const [index, item] of items.entries()) {
      planned.push(this.judge(item, index, around));
      if (index % AT_ONCE === 0) await nextTurn();
    }
    // A chain may name what comes later in the file.
    return planned.map((item) => withKnownFallbacks(item, around));
  }

  private async surroundingsOf(items: readonly FileItem[], namesDefaults: boolean): Promise<Surroundings> {
    const names = items.flatMap(({ name, fallbacks = [] }) => [name.trim(), ...fallbacks.map((other) => other.trim())]);
    const all = await this.repository.listByName({ names: [...new Set(names)] });
    const existing = all.filter((config) => this.access.maySee(config));
    const defaults = [await this.repository.findDefault(false), await this.repository.findDefault(true)];
    return {
      namesDefaults,
      existing: new Map(existing.map((config) => [nameKey(config.name), config])),
      taken: new Set(all.filter((config) => !existing.includes(config)).map(({ name }) => nameKey(name))),
      users: await this.people.knownIn(items),
      names: await this.repository.namesOf(
        existing.flatMap(({ options }) => options?.fallbackIds ?? []),
        this.access.asker(),
      ),
      defaults: new Set(defaults.flatMap((config) => config?.isEmbedding ?? [])),
      inFile: new Map(),
    };
  }

  private judge(item: FileItem, index: number, around: Surroundings): PlannedItem {
    const checked = checkedInput(item);
    if ('problems' in checked) return invalid(item, index, checked.problems);
    try {
      return this.judged(item, index, checked.input, around);
    } catch (error) {
      if (error instanceof InvalidInput)
        return invalid(
          item,
          index,
          error.fields.map(({ message }) => message),
        );
      throw error;
    }
  }

  private judged(item: FileItem, index: number, input: CreateLlmConfigDto, around: Surroundings): PlannedItem {
    const earlier = around.inFile.get(nameKey(input.name));
    const existing = earlier ? null : (around.existing.get(nameKey(input.name)) ?? null);
    const strangers = leaveStrangersOut(input, around.users);
    const outcome = this.drafts.outcomeOf(input, existing, existing?.isDefault ?? false);
    const conflicts = earlier
      ? [namedTwice(earlier.line)]
      : [...takenBy(input.name, around), ...this.conflictsOf(existing, outcome)];
    const { isEmbedding } = outcome.draft;
    if (!earlier) around.inFile.set(nameKey(input.name), { isEmbedding, line: item.line });
    const isDefault = conflicts.length === 0 && becomesDefault(input, outcome, existing, around);
    const final = isDefault ? { ...outcome, draft: { ...outcome.draft, isDefault } } : outcome;
    const changes = importChanges(existing, final, fallbacksOf(item, existing, around));
    const action = conflicts.length > 0 ? 'conflict' : !existing ? 'new' : changes.length > 0 ? 'change' : 'same';
    const reasons = [...conflicts, ...item.notes, ...strangers, ...warningsOf(input, final)];
    const dto = { ...dtoOf(item, index), action, existing_id: existing?.id ?? null, changes, reasons } as const;
    return {
      ...{ action, existing, input, outcome: final, fallbacks: item.fallbacks?.map((name) => name.trim()) ?? null },
      dto: { ...dto, name: input.name, missing_key: final.missesKey },
    };
  }

  /** Why it is not simply the next state of the configuration of that name. */
  private conflictsOf(existing: LlmConfig | null, { draft, key, lostHeaders }: Outcome): string[] {
    if (!existing) return [];
    const conflicts: [boolean, string][] = [
      [
        !this.access.mayEdit(existing),
        'only an administrator or its creator may change the configuration of that name',
      ],
      [
        draft.provider !== existing.provider,
        `the name is taken by a configuration of another provider: ${existing.provider}`,
      ],
      [draft.isEmbedding !== existing.isEmbedding, 'the name is taken by a model of the other kind'],
      [
        (existing.apiKey !== null && !key.has) ||
          lostHeaders.some((name) => hiddenIn(existing.extraConfig).includes(name.toLowerCase())),
        'its stored secrets were entered for another server: overwriting removes them, as the file brings none',
      ],
    ];
    return conflicts.filter(([applies]) => applies).map(([, reason]) => reason);
  }
}

/** The default that is there stays; a file only fills its place. */
function becomesDefault(
  { is_default }: CreateLlmConfigDto,
  { draft }: Outcome,
  existing: LlmConfig | null,
  { defaults, namesDefaults }: Surroundings,
): boolean {
  const canBecome = draft.isActive && draft.access.scope === 'all';
  if (existing?.isDefault || !canBecome || defaults.has(draft.isEmbedding)) return draft.isDefault;
  const isFirstChat = !namesDefaults && !existing && !draft.isEmbedding;
  if (!(is_default ?? isFirstChat)) return false;
  defaults.add(draft.isEmbedding);
  return true;
}

function fallbacksOf(
  { fallbacks }: FileItem,
  existing: LlmConfig | null,
  { names }: Surroundings,
): { before: string[]; after: string[] } {
  const before = (existing?.options?.fallbackIds ?? []).flatMap((id) => names.get(id) ?? []);
  return { before, after: fallbacks?.map((name) => name.trim()) ?? before };
}

/** Members of its chain that are nowhere, or of the other kind, are left out and said. */
function withKnownFallbacks(item: PlannedItem, around: Surroundings): PlannedItem {
  const { fallbacks, outcome, dto } = item;
  if (!fallbacks || !outcome || fallbacks.length === 0) return item;
  const kindOf = (name: string): boolean | undefined =>
    around.inFile.get(nameKey(name))?.isEmbedding ?? around.existing.get(nameKey(name))?.isEmbedding;
  const isMember = (name: string, at: number): boolean =>
    kindOf(name) === outcome.draft.isEmbedding &&
    nameKey(name) !== nameKey(outcome.draft.name) &&
    fallbacks.findIndex((other) => nameKey(other) === nameKey(name)) === at;
  const kept = fallbacks.filter(isMember).slice(0, MOST_FALLBACKS);
  const left = fallbacks.filter((name) => !kept.includes(name)).map((name) => name.slice(0, 100));
  if (left.length === 0) return item;
  const reasons = [...dto.reasons, `left out of its fallbacks: ${left.slice(0, 10).join(', ')}`];
  const known = importChangesWith(dto.changes, kept);
  const action = item.action === 'change' && known.length === 0 ? 'same' : item.action;
  return { ...item, action, fallbacks: kept, dto: { ...dto, action, reasons, changes: known } };
}

function importChangesWith(changes: PlannedItem['dto']['changes'], fallbacks: readonly string[]): typeof changes {
  const told = changes.map((change) => (change.field === 'fallbacks' ? { ...change, after: fallbacks } : change));
  return told.filter(({ field, before, after }) => field !== 'fallbacks' || String(before) !== String(after));
}

function warningsOf({ is_active, is_default }: CreateLlmConfigDto, outcome: Outcome): string[] {
  const { draft, missesKey, lostHeaders } = outcome;
  const warnings: [boolean, string][] = [
    [missesKey && is_active !== false, 'it stays inactive until its key is entered'],
    [lostHeaders.length > 0, `left out, as the file does not hold their values: the headers ${lostHeaders.join(', ')}`],
    [
      is_default === true && !draft.isDefault && !missesKey,
      draft.access.scope === 'all'
        ? 'it does not become the default: there is one already'
        : 'it does not become the default: it is not for everybody',
    ],
  ];
  return warnings.filter(([applies]) => applies).map(([, warning]) => warning);
}

/** Names are unique, also among what not everybody may see; of that nothing else is told. */
function takenBy(name: string, { taken }: Surroundings): string[] {
  return taken.has(nameKey(name)) ? ['the name is taken by a configuration that you may not use'] : [];
}

function namedTwice(line: number | null): string {
  return `the file names it twice${line === null ? '' : `, first in line ${line}`}`;
}

function invalid(item: FileItem, index: number, problems: readonly string[]): PlannedItem {
  const dto = { ...dtoOf(item, index), action: 'invalid' as const, reasons: [...problems, ...item.notes] };
  return { action: 'invalid', existing: null, input: null, outcome: null, fallbacks: null, dto };
}

function dtoOf({ line, name }: FileItem, index: number) {
  return { index, line, name: name.slice(0, 200), existing_id: null, changes: [], missing_key: false };
}
