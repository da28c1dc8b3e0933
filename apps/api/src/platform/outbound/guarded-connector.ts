import dns from 'node:dns';
import { isIP, type LookupFunction, type Socket } from 'node:net';
import { buildConnector } from 'undici';
import { isForbiddenAddress } from './address-rules.js';
import type { AllowedPlaces } from './allowed-places.js';
import { OutboundRefused } from './outbound.errors.js';

/** No attempt lasts longer than this, whatever its caller would wait. */
const LONGEST_CONNECT_MS = 60_000;

/** Opens sockets to allowed places and to public addresses only: checked as written, as resolved and as connected. */
export function guardedConnector(places: AllowedPlaces): buildConnector.connector {
  const settings = { timeout: LONGEST_CONNECT_MS, allowH2: false };
  const free = buildConnector(settings);
  const guarded = buildConnector({ ...settings, lookup: publicLookup });
  return (options, callback) => {
    const port = Number(options.port || (options.protocol === 'https:' ? 443 : 80));
    if (places.has(options.hostname, port)) return free(options, callback);
    if (isIP(options.hostname) !== 0 && isForbiddenAddress(options.hostname)) {
      const refused = new OutboundRefused(`${options.hostname}:${port}`);
      return queueMicrotask(() => callback(refused, null));
    }
    const socket = guarded(options, callback) as unknown as Socket;
    socket.prependOnceListener('connect', () => {
      // Before TLS or HTTP has said a word.
      if (isForbiddenAddress(socket.remoteAddress ?? '')) socket.destroy(new OutboundRefused(options.hostname));
    });
  };
}

/** Resolves a name to its public addresses only; the socket then connects to exactly these. */
const publicLookup: LookupFunction = (hostname, options, callback) => {
  dns.lookup(hostname, { ...options, all: true }, (error, found) => {
    if (error) return callback(error, '', 0);
    const open = found.filter(({ address }) => !isForbiddenAddress(address));
    const [first] = open;
    if (!first) return callback(new OutboundRefused(hostname), '', 0);
    if (options.all) return callback(null, open);
    callback(null, first.address, first.family);
  });
};
