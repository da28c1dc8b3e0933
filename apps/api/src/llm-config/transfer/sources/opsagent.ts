import { InvalidInput } from '../../../platform/errors/domain-error.js';
import { HIDDEN } from '../../rules/api-key.js';
import { PassphraseSeal, readSealingFacts } from '../passphrase-seal.js';
import type { FileTree } from '../reading/file-tree.js';
import { placeOfSecret, TRANSFER_KIND, TRANSFER_VERSION } from '../transfer-document.js';
import { ImportUnreadable } from '../transfer.errors.js';
import { type FileContents, type FileItem, isObject } from './file-item.js';

/**
 * Reads a file of our own.
 * @throws ImportUnreadable; InvalidInput when the passphrase does not open it
 */
export async function readOpsagent({ tree, lines }: FileTree, passphrase: string | null): Promise<FileContents> {
  const file = isObject(tree) ? tree : {};
  checkHead(file);
  const { items } = file;
  if (!Array.isArray(items)) throw new ImportUnreadable('has no list of items');
  const seal = await sealOf(file['sealing'], passphrase);
  return {
    source: 'opsagent',
    items: items.map((item, at) => itemOf(item, lines[at] ?? null, at, seal)),
    namesDefaults: true,
  };
}

function checkHead({
  opsagent,
  sealing: _sealing,
  items: _items,
  ...strangers
}: Readonly<Record<string, unknown>>): void {
  const { kind, version } = isObject(opsagent) ? opsagent : {};
  if (kind !== TRANSFER_KIND) throw new ImportUnreadable(`is not of the kind ${TRANSFER_KIND}`);
  if (version !== TRANSFER_VERSION) {
    throw new ImportUnreadable(
      `has another version than ${TRANSFER_VERSION}: this server is too old for it, or it is damaged`,
    );
  }
  const [stranger] = Object.keys(strangers);
  if (stranger !== undefined)
    throw new ImportUnreadable(`has at its top the key "${stranger.slice(0, 50)}", which is not known`);
}

async function sealOf(sealing: unknown, passphrase: string | null): Promise<PassphraseSeal | null> {
  if (sealing === undefined || sealing === null) return null;
  const facts = readSealingFacts(sealing);
  if (!facts) throw new ImportUnreadable('is sealed in a way that this server does not know or does not afford');
  if (!passphrase) return null;
  const seal = await PassphraseSeal.open(passphrase, facts);
  if (seal) return seal;
  const message = 'passphrase does not open the keys of this file: it is another one';
  throw new InvalidInput([{ field: 'passphrase', message }]);
}

function itemOf(item: unknown, line: number | null, at: number, seal: PassphraseSeal | null): FileItem {
  if (!isObject(item)) {
    return { line, name: `#${at + 1}`, values: {}, notes: [], problems: ['it is not an object'] };
  }
  const { fallbacks, api_key_sealed: sealedKey, headers_sealed: sealedHeaders, ...rest } = item;
  const values: Record<string, unknown> = rest;
  const name = typeof values['name'] === 'string' ? values['name'].trim() : `#${at + 1}`;
  const notes: string[] = [];
  const problems: string[] = [];
  if (values['fallback_ids'] !== undefined) {
    problems.push('fallback_ids mean nothing elsewhere: write fallbacks, with names');
  }
  if (seal === null && (sealedKey ?? sealedHeaders)) notes.push('its key is sealed: give the passphrase of the file');
  const key = opened('api_key', sealedKey, item, seal, problems);
  const headers = opened('headers', sealedHeaders, item, seal, problems);
  if (key !== null) values['api_key'] = key;
  if (headers !== null) values['extra_config'] = withHeaders(values['extra_config'], headers);
  return { line, name, values, fallbacks: namesIn(fallbacks, problems), notes, problems };
}

function opened(
  secret: 'api_key' | 'headers',
  sealed: unknown,
  item: Readonly<Record<string, unknown>>,
  seal: PassphraseSeal | null,
  problems: string[],
): string | null {
  if (sealed === undefined || sealed === null || seal === null) return null;
  const plain = typeof sealed === 'string' ? seal.open(sealed, placeOfSecret(secret, item)) : null;
  if (plain === null) {
    problems.push(
      `${secret}_sealed does not open: provider or base_url were changed after it was sealed, or it is damaged`,
    );
  }
  return plain;
}

/** The values of headers in their places. */
function withHeaders(extra: unknown, plain: string): unknown {
  const headers = isObject(extra) ? extra['headers'] : undefined;
  if (!isObject(extra) || !isObject(headers)) return extra;
  const values = new Map(Object.entries(JSON.parse(plain) as Record<string, string>));
  const shown = Object.entries(headers).map(([name, value]) => [
    name,
    value === HIDDEN ? (values.get(name.toLowerCase()) ?? value) : value,
  ]);
  return { ...extra, headers: Object.fromEntries(shown) as unknown };
}

function namesIn(fallbacks: unknown, problems: string[]): readonly string[] | undefined {
  if (fallbacks === undefined || fallbacks === null) return undefined;
  if (Array.isArray(fallbacks) && fallbacks.every((name) => typeof name === 'string')) return fallbacks;
  problems.push('fallbacks must be a list of names');
  return undefined;
}
