import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { StartError } from './platform/config/start-error.js';

/** A feature that does not end in this time is left behind, so that the database still stops in an orderly way. */
const STEP_WITHIN_MS = 1_200;

/** What has to be closed at the end, the last opened first. */
export class ServerLife {
  private readonly closers: (() => Promise<void>)[] = [];
  private ending: Promise<void> | undefined;

  opened(close: () => Promise<void>): void {
    this.closers.push(close);
  }

  /** Closes everything once, however often it is asked. */
  end(): Promise<void> {
    this.ending ??= this.closeAll();
    return this.ending;
  }

  /** Ends with the process: Ctrl-C, or whoever stops services. */
  endOnSignals(): void {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => void this.end().then(() => process.exit(0)));
    }
  }

  private async closeAll(): Promise<void> {
    for (const close of this.closers.reverse()) {
      const isLast = close === this.closers.at(-1);
      await (isLast ? close() : withinTime(close()));
    }
  }
}

async function withinTime(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>((resolve) => (timer = setTimeout(resolve, STEP_WITHIN_MS)));
  await Promise.race([work, timeout]);
  clearTimeout(timer);
}

/** Starts to take connections and answers the address for a browser. @throws StartError when the port is taken. */
export async function listen(server: Server, port: number, host: string): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => reject(cannotListen(port, host, cause)));
    server.listen(port, host, resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  return `http://${browserHost(host)}:${taken}`;
}

/** Nobody can open 0.0.0.0 in a browser. */
function browserHost(host: string): string {
  if (['0.0.0.0', '::', '127.0.0.1', '::1'].includes(host)) return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

function cannotListen(port: number, host: string, cause: NodeJS.ErrnoException): StartError {
  const reasons: Record<string, string> = {
    EADDRINUSE: `Port ${port} is taken by another program; stop it or set PORT to a free one.`,
    EACCES: `Port ${port} may not be opened by this user; set PORT to one above 1023.`,
    EADDRNOTAVAIL: `This machine has no address ${host}; set HOST to one it has.`,
    ENOTFOUND: `This machine has no address ${host}; set HOST to one it has.`,
  };
  const sentence = reasons[cause.code ?? ''] ?? `The server cannot listen on ${host}:${port} (${cause.code}).`;
  return new StartError(sentence, { cause });
}
