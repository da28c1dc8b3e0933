import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const TOOLS = join(import.meta.dirname, '../../../../docs/tools.md');

/** The block of SQL in the documents that begins with these words. */
export function docsSql(beginning: string): string {
  const blocks = [...readFileSync(TOOLS, 'utf8').matchAll(/^```sql\n([^]*?)^```$/gm)].map(([, sql = '']) => sql);
  const found = blocks.find((sql) => sql.startsWith(beginning));
  if (found === undefined) throw new Error(`docs/tools.md has no SQL that begins with ${beginning}`);
  return found;
}
