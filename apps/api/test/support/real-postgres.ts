import { chownSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { type Binaries, findBinaries } from '../../src/platform/database/embedded/binaries.js';
import { letServerIn, OWNER, prepareCluster } from '../../src/platform/database/embedded/cluster.js';
import { serverAccount } from '../../src/platform/database/embedded/server-account.js';
import { selfSigned } from './certificates.js';
import { type RealServer, startRealServer } from './real-server.js';

/** A superuser comes in without a password, everybody else with one; that of `clear` is asked for as it is. */
const ACCESS = [
  `host all ${OWNER} 127.0.0.1/32 trust`,
  'host all clear 127.0.0.1/32 password',
  'host all all 127.0.0.1/32 scram-sha-256',
  '',
].join('\n');
const NO_REPORT = (): void => undefined;

/** A PostgreSQL of a test file's own, that listens as a real one does: TCP, passwords, TLS. */
export class RealPostgres {
  private readonly clients: Client[] = [];

  private constructor(private readonly server: RealServer) {}

  static async start(settings: Readonly<Record<string, string>> = {}): Promise<RealPostgres> {
    const { key, cert } = selfSigned(['127.0.0.1']);
    const all = { fsync: 'off', unix_socket_directories: '', listen_addresses: '127.0.0.1', ssl: 'on', ...settings };
    const cluster = (folder: string): string => join(folder, 'postgres');
    const programsFor = (folder: string): Binaries => {
      letServerIn(folder);
      return findBinaries(folder, NO_REPORT);
    };
    const server = await startRealServer((folder) => programsFor(folder).postgres, {
      prepare: async ({ folder }) => {
        await prepareCluster(folder, programsFor(folder), NO_REPORT);
        const { uid, gid } = serverAccount();
        for (const [name, text] of Object.entries({ 'pg_hba.conf': ACCESS, 'server.key': key, 'server.crt': cert })) {
          const path = join(cluster(folder), name);
          writeFileSync(path, text, { mode: 0o600 });
          if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid);
        }
      },
      args: ({ port, folder }) => [
        ...['-D', cluster(folder), '-p', String(port)],
        ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
      ],
      isReady: async ({ port }) => {
        const client = new Client({ host: '127.0.0.1', port, user: OWNER, database: 'postgres' });
        client.on('error', () => undefined);
        await client.connect();
        await client.end();
        return true;
      },
      account: serverAccount(),
      signal: 'SIGQUIT',
    });
    return new RealPostgres(server);
  }

  get port(): number {
    return this.server.port;
  }

  /** A connection of an administrator, or of somebody else. */
  async connect(database: string, user: { user: string; password: string } = { user: OWNER, password: '' }) {
    const client = new Client({ host: '127.0.0.1', port: this.port, database, ...user });
    client.on('error', () => undefined);
    await client.connect();
    this.clients.push(client);
    return client;
  }

  async stop(): Promise<void> {
    await Promise.all(this.clients.map((client) => client.end().catch(() => undefined)));
    await this.server.stop();
  }
}
