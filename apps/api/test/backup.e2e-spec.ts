import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { backup } from '../../../tools/backup/backup.ts';
import type { Platform } from '../../../tools/backup/platform.ts';
import { restore } from '../../../tools/backup/restore.ts';
import { prepareDataFolder } from '../src/platform/database/data-folder.js';
import { openEmbeddedPostgres } from '../src/platform/database/embedded/embedded-postgres.js';
import { FolderLock } from '../src/platform/database/embedded/folder-lock.js';
import { serverAccount } from '../src/platform/database/embedded/server-account.js';
import { runSql } from './support/test-server.js';

const platform: Platform = { prepareDataFolder, openEmbeddedPostgres, FolderLock, serverAccount };

jest.setTimeout(60_000);

describe('A backup of the embedded database', () => {
  let top: string;
  let data: string;
  let file: string;

  const sql = async (folder: string, ...statements: string[]): Promise<void> => {
    const open = await openEmbeddedPostgres(folder);
    await runSql(open.options, ...statements).finally(() => open.close());
  };
  const write = (withKey = false): Promise<string> => backup({ platform, data, file, withKey });

  beforeEach(async () => {
    top = mkdtempSync(join(tmpdir(), 'opsagent-backup-test-'));
    // Root's database runs under an account of its own, which has to come through.
    chmodSync(top, 0o755);
    data = prepareDataFolder(join(top, 'data'));
    file = join(top, 'saved.tar.gz');
    await sql(data, 'create table kept (word text)', `insert into kept values ('数据')`);
    writeFileSync(join(data, 'master.key'), 'ab'.repeat(32));
  });

  afterEach(() => rmSync(top, { recursive: true, force: true }));

  it('brings everything back into an empty folder, the key only when it was asked for', async () => {
    mkdirSync(join(data, 'files'));
    writeFileSync(join(data, 'files', 'sent'), 'by an end user');
    await write();
    const other = join(top, 'other');
    const said = await restore({ platform, data: other, file, yes: false });
    expect(said).toMatch(/without a master key/);
    expect(existsSync(join(other, 'master.key'))).toBe(false);
    await sql(other, `select 1 / (count(*) = 1)::int from kept where word = '数据'`);
    expect(readFileSync(join(other, 'files', 'sent'), 'utf8')).toBe('by an end user');
    rmSync(file);
    await write(true);
    await restore({ platform, data: other, file, yes: true });
    expect(existsSync(join(other, 'master.key'))).toBe(true);
  });

  it('takes the place of other data only when told to, and keeps those aside', async () => {
    await write();
    await sql(data, 'delete from kept');
    await expect(restore({ platform, data, file, yes: false })).rejects.toThrow(/holds a database already; with --yes/);
    await restore({ platform, data, file, yes: true });
    await sql(data, 'select 1 / (count(*) = 1)::int from kept');
    expect(readdirSync(data).filter((name) => name.startsWith('postgres.before-'))).toHaveLength(1);
  });

  it('is refused while a server runs on the folder, and nothing is written', async () => {
    const running = await openEmbeddedPostgres(data);
    await expect(write()).rejects.toThrow(/in use by process \d+/);
    await running.close();
    expect(existsSync(file)).toBe(false);
  });

  it('is refused when there is nothing to save, or something would be overwritten', async () => {
    await expect(backup({ platform, data: join(top, 'none'), file, withKey: false })).rejects.toThrow(
      /^There is no embedded database in /,
    );
    writeFileSync(file, 'x');
    await expect(write()).rejects.toThrow(/is there already/);
  });

  it('is told from any other file, and then nothing is changed', async () => {
    writeFileSync(file, 'no archive');
    await expect(restore({ platform, data, file, yes: true })).rejects.toThrow(/is not a backup of OpsAgent/);
    await expect(restore({ platform, data, file: join(top, 'no'), yes: true })).rejects.toThrow(/^There is no file /);
    await sql(data, 'select 1 / (count(*) = 1)::int from kept');
  });
});
