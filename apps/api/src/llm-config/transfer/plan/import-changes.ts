import { isDeepStrictEqual } from 'node:util';
import type { FieldChangeDto } from '@opsagent/contracts';
import { accessColumns } from '../../access/config-access.js';
import type { LlmConfig } from '../../llm-config.entity.js';
import { changesBetween } from '../../revisions/revision-state.js';
import { hiddenIn, splitHeaders } from '../../rules/secret-headers.js';
import type { Outcome } from './planned-item.js';

/** A row that is not there yet. */
const NOT_YET = { id: '', usageCount: 0, lastUsedAt: null, createdBy: null, updatedBy: null } as const;
const NEVER = new Date(0);

/** Field by field what storing it would change; of a key only that it does. Fallbacks are told by their names. */
export function importChanges(
  existing: LlmConfig | null,
  { draft, key }: Outcome,
  fallbacks: { readonly before: readonly string[]; readonly after: readonly string[] },
): FieldChangeDto[] {
  const { tags, fallbackIds, access, ...columns } = draft;
  const { extraConfig, entered, kept } = splitHeaders(draft.extraConfig, existing?.extraConfig ?? null);
  const isKept = Object.keys(entered).length === 0 && kept.length === hiddenIn(existing?.extraConfig ?? null).length;
  const areSecrets = Object.keys(entered).length > 0 || kept.length > 0;
  const after = {
    ...(existing ?? { ...NOT_YET, createdAt: NEVER, updatedAt: NEVER }),
    ...columns,
    extraConfig,
    // Never a secret itself: only whether it differs is looked at.
    apiKey: key.keepsStored ? (existing?.apiKey ?? null) : key.plain === null ? null : 'changed',
    options: {
      tags,
      fallbackIds,
      ...accessColumns(access),
      secretHeaders: isKept ? (existing?.options?.secretHeaders ?? null) : areSecrets ? 'changed' : null,
    },
  } as LlmConfig;
  const changes = changesBetween(existing, after);
  const isSame = isDeepStrictEqual(fallbacks.before, fallbacks.after);
  return isSame ? changes : [...changes, { field: 'fallbacks', before: fallbacks.before, after: fallbacks.after }];
}
