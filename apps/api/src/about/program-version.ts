import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { workspaceRoot } from '../platform/config/workspace-root.js';

/** The version in package.json, which lies beside the build. */
export async function programVersion(): Promise<string> {
  const manifest = await readFile(join(workspaceRoot(), 'package.json'), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}
