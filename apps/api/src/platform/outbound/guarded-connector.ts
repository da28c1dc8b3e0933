import type { Socket } from 'node:net';
import { buildConnector } from 'undici';
import { isForbiddenHost } from './address-rules.js';
import type { AllowedPlaces } from './allowed-places.js';
import { isPublic, lookupOf } from './guarded-lookup.js';
import type { Names } from './names.js';
import { OutboundRefused } from './outbound.errors.js';

/** No attempt lasts longer than this, whatever its caller would wait. */
const LONGEST_CONNECT_MS = 60_000;

/** Opens sockets to allowed places and to public addresses only: checked as written, as resolved and as connected. */
export function guardedConnector(places: AllowedPlaces, names: Names): buildConnector.connector {
  const settings = { timeout: LONGEST_CONNECT_MS, allowH2: false };
  const free = buildConnector({ ...settings, lookup: lookupOf(names, () => true) });
  const guarded = buildConnector({ ...settings, lookup: lookupOf(names, isPublic) });
  return (options, callback) => {
    const port = Number(options.port || (options.protocol === 'https:' ? 443 : 80));
    if (places.has(options.hostname, port)) return free(options, callback);
    if (isForbiddenHost(options.hostname)) {
      const refused = new OutboundRefused(`${options.hostname}:${port}`);
      return queueMicrotask(() => callback(refused, null));
    }
    const socket = guarded(options, callback) as unknown as Socket;
    socket.prependOnceListener('connect', () => {
      // Before TLS or HTTP has said a word.
      if (!isPublic(socket.remoteAddress ?? '')) socket.destroy(new OutboundRefused(options.hostname));
    });
  };
}
