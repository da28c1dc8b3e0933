import type { ImportSource } from '@opsagent/contracts';
import type { FileTree } from '../reading/file-tree.js';
import { ImportUnreadable } from '../transfer.errors.js';
import { type FileContents, isObject } from './file-item.js';
import { readLiteLlm } from './litellm.js';
import { readOneApi } from './one-api.js';
import { readOpsagent } from './opsagent.js';

const MOST_ITEMS = 10_000;

/** What a file holds, whoever wrote it. @throws ImportUnreadable; InvalidInput for a passphrase that does not open it */
export async function contentsOf(
  file: FileTree,
  source: ImportSource | null,
  passphrase: string | null,
): Promise<FileContents> {
  const contents = await readAs(file, source ?? sourceOf(file.tree), passphrase);
  const { length } = contents.items;
  if (length === 0) throw new ImportUnreadable('holds no configurations');
  if (length > MOST_ITEMS) throw new ImportUnreadable(`holds ${length} configurations, more than ${MOST_ITEMS}`);
  return contents;
}

function readAs(file: FileTree, source: ImportSource, passphrase: string | null): FileContents | Promise<FileContents> {
  if (source === 'opsagent') return readOpsagent(file, passphrase);
  return source === 'litellm' ? readLiteLlm(file) : readOneApi(file);
}

function sourceOf(tree: unknown): ImportSource {
  if (isObject(tree) && 'opsagent' in tree) return 'opsagent';
  if (isObject(tree) && 'model_list' in tree) return 'litellm';
  if (Array.isArray(tree) || (isObject(tree) && 'data' in tree)) return 'one-api';
  throw new ImportUnreadable('is neither of OpsAgent, nor of LiteLLM, nor of one-api or new-api');
}
