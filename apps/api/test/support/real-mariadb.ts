import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createConnection, type Connection } from 'mysql2/promise';
import { programAt } from '../../../../tools/real-servers.mjs';
import { runsAsRoot } from '../../src/platform/database/embedded/server-account.js';
import { selfSigned } from './certificates.js';
import { type RealServer, startRealServer } from './real-server.js';

const asRoot = (): string[] => (runsAsRoot() ? ['--user=root'] : []);

/** A MariaDB of a test file's own. */
export class RealMariadb {
  private readonly connections: Connection[] = [];

  private constructor(private readonly server: RealServer) {}

  static async start(settings: Readonly<Record<string, string>> = {}): Promise<RealMariadb> {
    const small = ['--innodb-log-file-size=8M', '--innodb-buffer-pool-size=32M', '--innodb-flush-log-at-trx-commit=0'];
    const server = await startRealServer('mariadbd', {
      prepare: ({ folder }) => {
        const { key, cert } = selfSigned(['127.0.0.1']);
        writeFileSync(join(folder, 'key'), key, { mode: 0o600 });
        writeFileSync(join(folder, 'cert'), cert);
        const args = [
          '--no-defaults',
          `--datadir=${folder}/data`,
          '--auth-root-authentication-method=normal',
          '--skip-test-db',
          ...small,
        ];
        execFileSync(programAt('mariadb-install-db') ?? '', [...args, ...asRoot()], { stdio: 'ignore' });
      },
      args: ({ port, folder }) => [
        ...['--no-defaults', `--datadir=${join(folder, 'data')}`, `--socket=${join(folder, 's')}`, `--port=${port}`],
        ...[`--ssl-key=${join(folder, 'key')}`, `--ssl-cert=${join(folder, 'cert')}`],
        ...['--bind-address=127.0.0.1', '--skip-log-bin', ...small, ...asRoot()],
        ...Object.entries(settings).map(([name, value]) => `--${name}=${value}`),
      ],
      isReady: async ({ port }) => {
        const connection = await createConnection({ host: '127.0.0.1', port, user: 'root' });
        await connection.end();
        return true;
      },
    });
    const mariadb = new RealMariadb(server);
    // It comes with users without a name, who stand before those of any host.
    const admin = await mariadb.connect();
    await admin.query("delete from mysql.global_priv where user = ''; flush privileges");
    return mariadb;
  }

  get port(): number {
    return this.server.port;
  }

  /** A connection of the administrator, or of somebody else. */
  async connect(who: { user: string; password?: string } = { user: 'root' }, database?: string): Promise<Connection> {
    const place = { host: '127.0.0.1', port: this.port, multipleStatements: true };
    const connection = await createConnection({ ...place, ...who, ...(database === undefined ? {} : { database }) });
    connection.on('error', () => undefined);
    this.connections.push(connection);
    return connection;
  }

  async stop(): Promise<void> {
    for (const connection of this.connections) connection.destroy();
    await this.server.stop();
  }
}
