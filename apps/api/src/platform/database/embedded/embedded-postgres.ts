import { StartError } from '../../config/start-error.js';
import type { ConnectionFacts, OpenDatabase } from '../open-database.js';
import { type Binaries, findBinaries } from './binaries.js';
import { letServerIn, prepareCluster } from './cluster.js';
import { FolderLock } from './folder-lock.js';
import { findServer, lastWords, type ServerProcess, startServer, stopServer, whenReady } from './server-process.js';

export interface EmbeddedOptions {
  /** Hears about the slow parts of a start. */
  readonly report?: (line: string) => void;
  /** Server settings on top of the usual ones. */
  readonly settings?: Record<string, string>;
}

/**
 * Starts the PostgreSQL that came with the dependencies on `dataDir`, or adopts the one a killed process left behind.
 * @throws StartError when another live process uses the folder, or the data belongs to another version.
 */
export async function openEmbeddedPostgres(dataDir: string, options: EmbeddedOptions = {}): Promise<OpenDatabase> {
  const report = options.report ?? (() => undefined);
  const lock = FolderLock.take(dataDir);
  try {
    letServerIn(dataDir);
    const programs = findBinaries(dataDir, report);
    const cluster = await prepareCluster(dataDir, programs, report);
    const { server, facts } = await runServer(cluster, dataDir, programs, options.settings ?? {});
    const close = async (): Promise<void> => {
      await stopServer(server);
      lock.release();
    };
    return { options: facts, where: `The embedded PostgreSQL in ${cluster}`, dataDir, close };
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function runServer(
  cluster: string,
  dataDir: string,
  programs: Binaries,
  settings: Record<string, string>,
): Promise<{ server: ServerProcess; facts: ConnectionFacts }> {
  const left = findServer(cluster);
  const leftFacts = left && (await whenReady(left, dataDir));
  if (left && leftFacts) return { server: left, facts: leftFacts };
  const server = await startServer(cluster, dataDir, programs, settings);
  const facts = await whenReady(server, dataDir);
  if (facts) return { server, facts };
  throw new StartError(`The embedded database does not start: ${lastWords(dataDir)}`);
}
