import type { BulkAction, BulkLlmConfigsDto, LlmConfigDto } from '@opsagent/contracts';

/** What an action takes besides the configurations. */
export type BulkInput = Pick<BulkLlmConfigsDto, 'tags' | 'total_ms' | 'force'>;

/** What a bulk action would do with what was chosen. */
export interface BulkPreview {
  readonly action: BulkAction;
  /** Those it would touch. */
  readonly configs: readonly LlmConfigDto[];
  /** Left out because they are in use; a forced deletion takes them too. */
  readonly inUse: readonly LlmConfigDto[];
  /** Left out because they are in the wanted state already. */
  readonly settled: number;
  /** Left out because they are not this user's to change. */
  readonly foreign: number;
  /** The default of its kind is among them, and nothing takes its place by itself. */
  readonly hasDefault: boolean;
  /** What uses those it would touch: how many of each kind. */
  readonly uses: ReadonlyMap<string, number>;
}

/** Sorts what was chosen by what would become of it; the server decides again. */
export function previewOf(
  action: BulkAction,
  chosen: readonly LlmConfigDto[],
  mayChange: (config: LlmConfigDto) => boolean,
): BulkPreview {
  const own = chosen.filter(mayChange);
  const open = own.filter((config) => isMeant(action, config));
  const inUse = action === 'delete' ? open.filter(isUsed) : [];
  const configs = action === 'delete' ? open.filter((config) => !isUsed(config)) : open;
  return {
    action,
    configs,
    inUse,
    settled: own.length - open.length,
    foreign: chosen.length - own.length,
    hasDefault: ['disable', 'delete'].includes(action) && open.some(({ is_default }) => is_default),
    uses: usesOf(action === 'disable' ? configs : inUse),
  };
}

function isMeant(action: BulkAction, { is_active }: LlmConfigDto): boolean {
  if (action === 'enable') return !is_active;
  return action !== 'disable' || is_active;
}

/** The server counts being the default as a use. */
function isUsed({ is_default, details }: LlmConfigDto): boolean {
  return is_default || (details?.used_by.length ?? 0) > 0;
}

function usesOf(configs: readonly LlmConfigDto[]): ReadonlyMap<string, number> {
  const uses = new Map<string, number>();
  for (const { kind, count } of configs.flatMap(({ details }) => details?.used_by ?? []))
    uses.set(kind, (uses.get(kind) ?? 0) + count);
  return uses;
}
