import { isIP } from 'node:net';

/** How far a probe goes; each depth includes the ones before it. */
export const PROBE_DEPTH = ['dns', 'tcp', 'tls', 'http'] as const;
export type ProbeDepth = (typeof PROBE_DEPTH)[number];

/** What the model asks to be probed. */
export interface ProbeInput {
  /** A URL, `host:port`, or a host alone. */
  target: string;
  depth?: ProbeDepth;
}

/** The same as an address and a depth. */
export interface ProbeTask {
  readonly url: string;
  readonly depth: ProbeDepth;
}

const TLS_PORT = '443';

/** What is to be done, or in a sentence why the input says nothing that can be. */
export function taskOf({ target, depth }: ProbeInput): ProbeTask | string {
  if (target.includes('://')) return { url: target, depth: depth ?? 'http' };
  const [, host, port] = partsOf(target);
  if (host === undefined) return 'The target must be a URL, a host with a port, or a host.';
  const how = depth ?? (port === undefined ? 'dns' : 'tcp');
  if (how === 'http') return 'The depth http needs a URL as target.';
  if (how === 'tcp' && port === undefined) return 'The depth tcp needs a target with a port.';
  return { url: `${how === 'tls' ? 'https' : 'http'}://${host}:${port ?? TLS_PORT}`, depth: how };
}

/** The host as a URL writes it, and the port. */
function partsOf(target: string): readonly (string | undefined)[] {
  if (isIP(target) === 6) return [target, `[${target}]`];
  return /^(\[[\da-f:.]+\]|[^\s/?#@\\:[\]]+)(?::(\d{1,5}))?$/i.exec(target) ?? [];
}
