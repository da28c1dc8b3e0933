import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LicenceDto, LicenceListDto } from '@opsagent/contracts';
import { workspaceRoot } from '../platform/config/workspace-root.js';

/** `| name | version | licence |`, but neither the line of names nor the one below it. */
const ROW = /^\| (?!package |-)(\S+) +\| (\S+) +\| (.+?) +\|$/gm;

/** Reads docs/licences.md, which a test keeps true; a package of both server and console stands in it twice. */
export async function licenceList(): Promise<LicenceListDto> {
  const page = await readFile(join(workspaceRoot(), 'docs/licences.md'), 'utf8');
  const found = new Map<string, LicenceDto>();
  for (const [, name = '', version = '', licence = ''] of page.matchAll(ROW))
    found.set(`${name} ${version}`, { name, version, licence });
  const items = [...found.values()].sort((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
  return { items, total: items.length };
}
