import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Connection, createConnection } from 'mysql2/promise';
import { programAt } from '../../real-servers.mjs';
import type { Workspace } from './workspace.ts';

const READER = 'opsagent_reader';
const SMALL = ['--innodb-log-file-size=8M', '--innodb-buffer-pool-size=32M', '--innodb-flush-log-at-trx-commit=0'];

/** A MariaDB of Debian's package, registered by an account that only reads. */
export class Mariadb {
  private readonly workspace: Workspace;
  private readonly port: number;

  private constructor(workspace: Workspace, port: number) {
    this.workspace = workspace;
    this.port = port;
  }

  static async start(workspace: Workspace, maxConnections: number): Promise<Mariadb> {
    const data = `--datadir=${join(workspace.folder, 'mariadb')}`;
    const asRoot = process.getuid?.() === 0 ? ['--user=root'] : [];
    const install = [
      '--no-defaults',
      data,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
      ...SMALL,
      ...asRoot,
    ];
    await promisify(execFile)(programAt('mariadb-install-db') ?? '', install);
    const server = new Mariadb(workspace, await workspace.port());
    const listening = [
      `--port=${server.port}`,
      '--bind-address=127.0.0.1',
      `--socket=${join(workspace.folder, 'mariadb.sock')}`,
    ];
    const args = [
      '--no-defaults',
      data,
      ...listening,
      '--skip-log-bin',
      `--max-connections=${maxConnections}`,
      ...SMALL,
      ...asRoot,
    ];
    await workspace.program('mariadbd', args, async () => {
      await (await server.open('root')).end();
      return true;
    });
    const root = await server.connect('root');
    await root.query('create database shop');
    for (const user of [READER, 'shop', 'report_job', 'analytics']) await root.query(`create user ${user}@'127.0.0.1'`);
    await root.query(`grant process on *.* to ${READER}@'127.0.0.1'`);
    for (const user of [READER, 'shop', 'report_job', 'analytics'])
      await root.query(`grant select on shop.* to ${user}@'127.0.0.1'`);
    await root.end();
    workspace.sources.push({
      ...{ name: 'shop-mariadb', kind: 'mysql', description: 'The database of the shop' },
      settings: { host: '127.0.0.1', port: server.port, database: 'shop', username: READER },
    });
    return server;
  }

  /** A connection that ends with the workspace. */
  async connect(user: string): Promise<Connection> {
    const connection = await this.open(user);
    this.workspace.atEnd(() => connection.destroy());
    return connection;
  }

  private async open(user: string): Promise<Connection> {
    const connection = await createConnection({ host: '127.0.0.1', port: this.port, user });
    // The server is ended under its clients.
    connection.on('error', () => undefined);
    return connection;
  }
}
