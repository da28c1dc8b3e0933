import type { FaultKind } from '@opsagent/contracts';

/** The faults that a code in a provider's error body can name. */
export type CodedFault = Extract<
  FaultKind,
  | 'invalid_key'
  | 'permission'
  | 'insufficient_balance'
  | 'rate_limit'
  | 'quota_window'
  | 'overloaded'
  | 'context_too_long'
  | 'content_filter'
  | 'model_not_found'
  | 'bad_request'
  | 'server'
>;

/**
 * The codes and types of one provider's error bodies, by what they mean; case and separators do not count, and a longer code counts by its beginning.
 * Every fault is named, with nothing where the provider has no code for it. Vague ones (`invalid_request_error`) are left out: words and status say more.
 */
export type ErrorTable = Readonly<Record<CodedFault, readonly string[]>>;

const faultsByCode = new WeakMap<ErrorTable, ReadonlyMap<string, CodedFault>>();

/** The fault a code or a type names at the provider of this table. */
export function faultOfCode(table: ErrorTable, code: string | undefined): CodedFault | undefined {
  if (!code) return undefined;
  const known = faultsByCode.get(table) ?? indexed(table);
  const [family = ''] = code.split('.');
  return known.get(plain(code)) ?? known.get(plain(family));
}

function indexed(table: ErrorTable): ReadonlyMap<string, CodedFault> {
  const entries = Object.entries(table) as [CodedFault, readonly string[]][];
  const index = new Map(entries.flatMap(([fault, codes]) => codes.map((code) => [plain(code), fault] as const)));
  faultsByCode.set(table, index);
  return index;
}

function plain(code: string): string {
  return code.toLowerCase().replace(/[^a-z0-9]/g, '');
}
