import { setImmediate as nextTurn } from 'node:timers/promises';
import type { TransferFormat } from '@opsagent/contracts';
import { stringify } from 'yaml';
import { accessOf, toAccessDto } from '../access/config-access.js';
import type { LlmConfig } from '../llm-config.entity.js';
import { columnsOf } from '../revisions/revision-state.js';
import type { SealingFacts } from './passphrase-seal.js';

/** What a file of ours says it is. A reader refuses another kind and a higher version. */
export const TRANSFER_KIND = 'llm-configs';
export const TRANSFER_VERSION = 1;

/** A configuration in a file: the columns by their wire names, other configurations by their names, its secrets sealed. */
export interface TransferItem extends Readonly<Record<string, unknown>> {
  readonly name: string;
  readonly fallbacks: readonly string[];
  readonly api_key_sealed?: string;
  readonly headers_sealed?: string;
}

/** A whole file. */
export interface TransferDocument {
  readonly opsagent: { readonly kind: string; readonly version: number; readonly exported_at: string };
  readonly sealing?: SealingFacts;
  readonly items: readonly TransferItem[];
}

/** Items written before others get their turn. */
const AT_ONCE = 50;

/** A configuration as it stands in a file, without its key. */
export function toTransferItem(config: LlmConfig, fallbacks: readonly string[]): TransferItem {
  return { ...columnsOf(config), fallbacks, access: toAccessDto(accessOf(config)) };
}

/** What a sealed secret is bound to: beside another provider or address it cannot be opened. */
export function placeOfSecret(
  secret: 'api_key' | 'headers',
  { provider, base_url }: Readonly<Record<string, unknown>>,
): readonly unknown[] {
  return [secret, provider ?? null, base_url ?? null];
}

/** The text of a file. Many items are written in turns, so that nobody waits for them. */
export async function writeDocument(document: TransferDocument, format: TransferFormat): Promise<string> {
  if (format === 'json') return `${JSON.stringify(document, null, 2)}\n`;
  const { items, ...head } = document;
  if (items.length === 0) return stringify(document);
  const parts = [stringify(head), 'items:\n'];
  for (let at = 0; at < items.length; at += AT_ONCE) {
    parts.push(stringify(items.slice(at, at + AT_ONCE), { lineWidth: 0, aliasDuplicateObjects: false }));
    await nextTurn();
  }
  return parts.join('');
}
