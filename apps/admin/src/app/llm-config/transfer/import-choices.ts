import type { ImportChoice, ImportDecisionDto, ImportItemDto } from '@opsagent/contracts';

/** What becomes of one item of a plan; `import` is what the plan itself says. */
export type ItemChoice = 'import' | ImportChoice;

/** What was decided, by the item's index; the others stay as they stand. */
export type Choices = ReadonlyMap<number, ItemChoice>;

/** What can be chosen for an item, the standing choice first; nothing where nothing can be done. */
export function choicesFor({ action }: Pick<ImportItemDto, 'action'>): readonly ItemChoice[] {
  if (action === 'conflict') return ['skip', 'rename', 'overwrite'];
  return action === 'new' || action === 'change' ? ['import', 'skip'] : [];
}

export function choiceOf(item: ImportItemDto, choices: Choices): ItemChoice | undefined {
  return choices.get(item.index) ?? choicesFor(item)[0];
}

/** One choice for every item that can have it. */
export function chooseForAll(items: readonly ImportItemDto[], choices: Choices, choice: ImportChoice): Choices {
  const conflicts = items.filter(({ action }) => action === 'conflict');
  return new Map([...choices, ...conflicts.map(({ index }): [number, ItemChoice] => [index, choice])]);
}

/** What the server has to be told: only what differs from its plan. */
export function decisionsOf(items: readonly ImportItemDto[], choices: Choices): ImportDecisionDto[] {
  return items.flatMap((item) => {
    const choice = choices.get(item.index);
    return choice === undefined || choice === 'import' || choice === choicesFor(item)[0]
      ? []
      : [{ index: item.index, choice }];
  });
}

/** How many configurations the import would write. */
export function writtenBy(items: readonly ImportItemDto[], choices: Choices): number {
  return items.filter((item) => !['skip', undefined].includes(choiceOf(item, choices))).length;
}
