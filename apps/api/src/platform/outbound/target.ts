import { isForbiddenHost } from './address-rules.js';
import type { AllowedPlaces, Place } from './allowed-places.js';
import { AddressInvalid, OutboundRefused } from './outbound.errors.js';

/** Where a request goes, as far as its address tells. */
export interface Target {
  readonly url: URL;
  /** A name, or an IP address without brackets. */
  readonly host: string;
  readonly port: number;
  /** It may be reached although it is private. */
  readonly isAllowed: boolean;
}

/** @throws AddressInvalid or OutboundRefused, for what can be seen without looking the name up. */
export function targetOf(address: string, places: AllowedPlaces): Target {
  const url = parsed(address);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
  const isAllowed = places.has(host, port);
  if (!isAllowed && isForbiddenHost(host)) throw new OutboundRefused(url.host);
  return { url, host, port, isAllowed };
}

/** @throws AddressInvalid or OutboundRefused, for what can be seen without looking the name up. */
export function targetOfPlace({ host, port }: Place, places: AllowedPlaces): Target {
  if (!/^[\p{L}\p{N}._:-]+$/u.test(host)) throw new AddressInvalid('it is neither a name nor an IP address');
  return targetOf(`http://${host.includes(':') ? `[${host}]` : host}:${port}`, places);
}

/** What one reader of URLs strips or turns around and another does not. */
const AMBIGUOUS = /[\s\p{Cc}\\]/u;

function parsed(address: string): URL {
  if (AMBIGUOUS.test(address)) throw new AddressInvalid('it contains a blank, a control character or a backslash');
  if (!URL.canParse(address)) throw new AddressInvalid('it is no URL');
  const url = new URL(address);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new AddressInvalid('it is neither http nor https');
  if (url.username !== '' || url.password !== '') throw new AddressInvalid('it carries credentials');
  return url;
}
