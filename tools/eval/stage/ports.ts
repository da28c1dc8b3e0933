import { once } from 'node:events';
import { createServer } from 'node:net';
import { freePort } from '../../bench/processes/free-port.ts';

const COUNT = 40;

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
      if (await isFree(port)) return port;
      this.lent.delete(port);
    }
    throw new Error(`none of ${COUNT} ports is free`);
  }

  giveBack(port: number): void {
    this.lent.delete(port);
  }

  /** Those that somebody still listens on. */
  async taken(): Promise<number[]> {
    const free = await Promise.all(this.all.map(isFree));
    return this.all.filter((_, index) => !free[index]);
  }
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
