import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { built } from '../../workspace.mjs';
import type { Workspace } from './workspace.ts';

const OWNER = 'opsagent';
const READER = 'opsagent_reader';
const SETTINGS = {
  ...{ fsync: 'off', unix_socket_directories: '', listen_addresses: '127.0.0.1', shared_buffers: '32MB' },
  ...{ max_connections: '40', statement_timeout: '90s', max_parallel_workers_per_gather: '0', jit: 'off' },
};

interface Programs {
  readonly postgres: string;
}

/** A PostgreSQL of the kind that the product brings along, registered by a role that only reads. */
export class Postgres {
  private readonly workspace: Workspace;
  private readonly port: number;

  private constructor(workspace: Workspace, port: number) {
    this.workspace = workspace;
    this.port = port;
  }

  static async start(workspace: Workspace): Promise<Postgres> {
    const folder = join(workspace.folder, 'database');
    await mkdir(folder, { mode: 0o755 });
    const programs = await prepare(folder);
    const server = new Postgres(workspace, await workspace.port());
    const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const args = ['-D', join(folder, 'postgres'), '-p', String(server.port), ...settings];
    const isReady = async (): Promise<boolean> => (await server.run('select 1')) === undefined;
    await workspace.program(programs.postgres, args, isReady, {
      asNobody: true,
      signal: 'SIGQUIT',
      orphanSignal: 'QUIT',
    });
    await server.run(`create role ${READER} login; grant pg_monitor to ${READER}`);
    await server.run('create database shop');
    workspace.sources.push({
      ...{ name: 'shop-db', kind: 'postgresql', description: 'The database of the shop' },
      settings: { host: '127.0.0.1', port: server.port, database: 'shop', username: READER },
    });
    return server;
  }

  /** A connection of an application; it ends with the workspace. */
  async connect(application: string, database = 'shop'): Promise<Client> {
    const client = new Client({
      host: '127.0.0.1',
      port: this.port,
      user: OWNER,
      database,
      application_name: application,
    });
    // The server is ended under its clients.
    client.on('error', () => undefined);
    await client.connect();
    this.workspace.atEnd(() => client.end());
    return client;
  }

  /** Lets the registered role read what there is. */
  async letRead(client: Client): Promise<void> {
    await client.query(`grant select on all tables in schema public to ${READER}`);
  }

  private async run(sql: string): Promise<undefined> {
    const client = new Client({ host: '127.0.0.1', port: this.port, user: OWNER, database: 'postgres' });
    client.on('error', () => undefined);
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  }
}

/** The process of a connection on the server. */
export async function pidOf(client: Client): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  return rows[0]?.pid ?? 0;
}

/** Makes the files of a database in a folder, with the product's own code. */
async function prepare(folder: string): Promise<Programs> {
  const { findBinaries } = (await built('platform/database/embedded/binaries.js')) as {
    findBinaries: (folder: string, report: () => void) => Programs;
  };
  const { prepareCluster } = (await built('platform/database/embedded/cluster.js')) as {
    prepareCluster: (folder: string, programs: Programs, report: () => void) => Promise<string>;
  };
  const report = (): void => undefined;
  const programs = findBinaries(folder, report);
  await prepareCluster(folder, programs, report);
  return programs;
}
