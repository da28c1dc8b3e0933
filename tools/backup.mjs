// Usage: npm run backup -- [file] [--with-key]      npm run restore -- file [--yes]
// Writes the embedded database of a stopped server into one file, or puts it back. OPSAGENT_DATA_DIR names its folder, as for npm start.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { backup } from './backup/backup.ts';
import { restore } from './backup/restore.ts';
import { build, built, root } from './workspace.mjs';

const OPTIONS = { 'with-key': { type: 'boolean', default: false }, yes: { type: 'boolean', default: false } };

try {
  console.log(await run(process.argv.slice(2)));
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

async function run([command, ...args]) {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  if (process.env.DATABASE_URL)
    throw new Error('DATABASE_URL names a server of your own: use its pg_dump and pg_restore.');
  const file = resolve(process.env.INIT_CWD ?? '', positionals[0] ?? usualName(command));
  const common = { platform: await platform(), data: process.env.OPSAGENT_DATA_DIR || undefined, file };
  return command === 'restore'
    ? restore({ ...common, yes: values.yes })
    : backup({ ...common, withKey: values['with-key'] });
}

function usualName(command) {
  if (command === 'restore') throw new Error('Name the backup: npm run restore -- file');
  return `opsagent-${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}.tar.gz`;
}

async function platform() {
  // A server's own account may read the installation and not build it.
  if (!existsSync(join(root, 'dist/api/apps/api/src/main.js'))) await build();
  const from = (name) => built(join('platform/database', name));
  const modules = await Promise.all(
    ['data-folder.js', 'embedded/embedded-postgres.js', 'embedded/folder-lock.js', 'embedded/server-account.js'].map(
      from,
    ),
  );
  return Object.assign({}, ...modules);
}
