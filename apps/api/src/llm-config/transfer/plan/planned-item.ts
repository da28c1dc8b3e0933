import type { CreateLlmConfigDto, ImportAction, ImportItemDto } from '@opsagent/contracts';
import type { LlmConfig } from '../../llm-config.entity.js';
import type { Draft } from '../../rules/draft.js';
import type { KeyChange } from '../../rules/key-change.js';

/** What would be stored of one configuration of a file. */
export interface Outcome {
  readonly draft: Draft;
  readonly key: KeyChange;
  /** It needs a key and has none, so it stays inactive until it is entered. */
  readonly missesKey: boolean;
  /** Headers whose values are neither in the file nor kept. */
  readonly lostHeaders: readonly string[];
}

/** One configuration of a file, judged. */
export interface PlannedItem {
  readonly dto: ImportItemDto;
  readonly action: ImportAction;
  /** The configuration of that name, if there is one. */
  readonly existing: LlmConfig | null;
  /** What the file says, by the rules of a create; null when it is invalid. */
  readonly input: CreateLlmConfigDto | null;
  /** What would be stored under its name; null when it is invalid. */
  readonly outcome: Outcome | null;
  /** Names of the configurations that answer in its place; null leaves those it has. */
  readonly fallbacks: readonly string[] | null;
}

/** A name as it is compared. */
export const nameKey = (name: string): string => name.trim().toLowerCase();
