import type { LookupAddress, LookupAllOptions } from 'node:dns';
import { isIP } from 'node:net';
import { Names } from '../../src/platform/outbound/names.js';

/** Names that mean what a test says; with several meanings, each look-up takes the next and the last one stays. */
export class TestNames extends Names {
  /** Every name that was looked up. */
  readonly asked: string[] = [];
  private readonly meanings = new Map<string, string[][]>();

  set(name: string, ...meanings: string[][]): void {
    this.meanings.set(name, meanings);
  }

  override lookup(
    hostname: string,
    options: LookupAllOptions,
    callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
  ): void {
    this.asked.push(hostname);
    const meanings = this.meanings.get(hostname);
    const addresses = meanings && meanings.length > 1 ? meanings.shift() : meanings?.[0];
    if (!addresses) return super.lookup(hostname, options, callback);
    queueMicrotask(() =>
      callback(
        null,
        addresses.map((address) => ({ address, family: isIP(address) })),
      ),
    );
  }
}
