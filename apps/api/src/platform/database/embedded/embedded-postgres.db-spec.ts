import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runSql } from '../../../../test/support/test-server.js';
import { StartError } from '../../config/start-error.js';
import { prepareDataFolder } from '../data-folder.js';
import { openEmbeddedPostgres } from './embedded-postgres.js';
import { findServer } from './server-process.js';

const QUICK = { settings: { fsync: 'off' } };

describe('The embedded PostgreSQL', () => {
  let folder: string;

  beforeEach(() => {
    folder = prepareDataFolder(mkdtempSync(join(tmpdir(), 'opsagent-embedded-')));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('keeps its data from one start to the next, and says only once that it is being created', async () => {
    const lines: string[] = [];
    const options = { ...QUICK, report: (line: string) => void lines.push(line) };
    const first = await openEmbeddedPostgres(folder, options);
    await runSql(first.options, 'create table kept (word text)', `insert into kept values ('数据')`);
    await first.close();
    const second = await openEmbeddedPostgres(folder, options);
    await expect(runSql(second.options, 'insert into kept select * from kept')).resolves.toBeUndefined();
    await second.close();
    expect(lines).toHaveLength(1);
  });

  it('is reached over a socket that only its account can enter, never over the network', async () => {
    const open = await openEmbeddedPostgres(folder, QUICK);
    const host = open.options.host ?? '';
    expect(statSync(host).mode & 0o777).toBe(0o700);
    await expect(runSql({ ...open.options, host: '127.0.0.1' }, 'select 1')).rejects.toThrow();
    await open.close();
    expect(statSync(host, { throwIfNoEntry: false })).toBeUndefined();
  });

  it('lowers the letters of every alphabet', async () => {
    const open = await openEmbeddedPostgres(folder, QUICK);
    await expect(runSql(open.options, `select 1 / (lower('ÄПΩ') = 'äпω')::int`)).resolves.toBeUndefined();
    await open.close();
  });

  it('refuses a second live server on its folder and points to DATABASE_URL', async () => {
    const open = await openEmbeddedPostgres(folder, QUICK);
    await expect(openEmbeddedPostgres(folder, QUICK)).rejects.toThrow(/in use by process \d+.*DATABASE_URL/);
    await expect(runSql(open.options, 'select 1')).resolves.toBeUndefined();
    await open.close();
  });

  it('adopts the server that a killed process left behind', async () => {
    const killed = await openEmbeddedPostgres(folder, QUICK);
    const left = findServer(join(folder, 'postgres'));
    // What a killed process leaves: the server, and a lock that names a process that is no more.
    writeFileSync(join(folder, 'opsagent.lock'), JSON.stringify({ pid: 4_000_000, started: '1' }));
    const open = await openEmbeddedPostgres(folder, QUICK);
    expect(open.options).toEqual(killed.options);
    expect(findServer(join(folder, 'postgres'))?.pid).toBe(left?.pid);
    await open.close();
    expect(findServer(join(folder, 'postgres'))).toBeUndefined();
  });

  it('takes a process that got the number of a dead server for what it is', async () => {
    const open = await openEmbeddedPostgres(folder, QUICK);
    await open.close();
    writeFileSync(join(folder, 'postgres', 'postmaster.pid'), `${process.pid}\n${folder}/postgres\n0\n5432\n/tmp\n\n`);
    const again = await openEmbeddedPostgres(folder, QUICK);
    await again.close();
  });

  it('leaves data of another major version alone', async () => {
    mkdirSync(join(folder, 'postgres'));
    writeFileSync(join(folder, 'postgres', 'PG_VERSION'), '17\n');
    await expect(openEmbeddedPostgres(folder, QUICK)).rejects.toThrow(/written by PostgreSQL 17 and this is 18/);
  });

  it('lets the folder go when a start fails', async () => {
    mkdirSync(join(folder, 'postgres'));
    await expect(openEmbeddedPostgres(folder, QUICK)).rejects.toThrow(StartError);
    rmSync(join(folder, 'postgres'), { recursive: true });
    const open = await openEmbeddedPostgres(folder, QUICK);
    await open.close();
  });

  it('starts anew after a creation that was cut off', async () => {
    mkdirSync(join(folder, 'postgres.unfinished'));
    writeFileSync(join(folder, 'postgres.unfinished', 'PG_VERSION'), '18\n');
    const open = await openEmbeddedPostgres(folder, QUICK);
    await expect(runSql(open.options, 'select 1')).resolves.toBeUndefined();
    await open.close();
  });
});
