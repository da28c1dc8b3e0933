import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { freePort } from '../../bench/processes/free-port.ts';

const COUNT = 40;
/** Of a row in /proc/net/tcp (proc(5)). */
const LISTEN = '0A';
const everLent = new Set<number>();

/** Ports of loopback that the product is allowed to reach, lent to one scenario after the other. */
export class Ports {
  readonly all: readonly number[];
  private readonly lent = new Set<number>();

  private constructor(all: readonly number[]) {
    this.all = all;
  }

  static async reserve(): Promise<Ports> {
    const ports = new Set<number>();
    while (ports.size < COUNT) ports.add(await freePort());
    return new Ports([...ports]);
  }

  /** @throws Error when none is free */
  async lend(): Promise<number> {
    for (const port of this.all) {
      if (this.lent.has(port)) continue;
      this.lent.add(port);
      if (await isFree(port)) {
        everLent.add(port);
        return port;
      }
      this.lent.delete(port);
    }
    throw new Error(`none of ${COUNT} ports is free`);
  }

  giveBack(port: number): void {
    this.lent.delete(port);
  }
}

/** Of all that were ever lent, those that somebody still listens on, and how many there were. */
export async function portsLeft(): Promise<{ readonly open: readonly number[]; readonly count: number }> {
  const rows = (await readFile('/proc/net/tcp', 'utf8')).split('\n').map((row) => row.trim().split(/\s+/));
  const listened = rows
    .filter(([, , , state]) => state === LISTEN)
    .map(([, local = '']) => Number.parseInt(local.split(':')[1] ?? '', 16));
  return { open: [...everLent].filter((port) => listened.includes(port)), count: everLent.size };
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
    server.close();
    await once(server, 'close');
    return true;
  } catch {
    return false;
  }
}
