import type { LookupFunction } from 'node:net';
import { isForbiddenAddress } from './address-rules.js';
import type { Names } from './names.js';
import { OutboundRefused } from './outbound.errors.js';

/** Resolves a name to the addresses it may have here; the socket then connects to exactly these. */
export function lookupOf(names: Names, isOpen: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    names.lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, '', 0);
      const open = found.filter(({ address }) => isOpen(address));
      const [first] = open;
      if (!first) return callback(new OutboundRefused(hostname), '', 0);
      if (options.all) return callback(null, open);
      callback(null, first.address, first.family);
    });
  };
}

/** Whether an address is one of the public internet. */
export function isPublic(address: string): boolean {
  return !isForbiddenAddress(address);
}
