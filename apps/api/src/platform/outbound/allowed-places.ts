/** Where something listens. */
export interface Place {
  /** A name, or an IP address without brackets. */
  readonly host: string;
  readonly port: number;
}

/** The host:port pairs that may be reached although they are private. */
export class AllowedPlaces {
  private readonly pairs = new Set<string>();
  private readonly groups = new Map<string, ReadonlySet<string>>();

  /** @param host a name, or an IP address without brackets */
  add(host: string, port: number): void {
    this.pairs.add(pairOf(host, port));
  }

  /** Makes these the places of `group`; what was among them before and is not any more may no longer be reached. */
  replace(group: string, places: readonly Place[]): void {
    this.groups.set(group, new Set(places.map(({ host, port }) => pairOf(host, port))));
  }

  has(host: string, port: number): boolean {
    const pair = pairOf(host, port);
    return this.pairs.has(pair) || [...this.groups.values()].some((pairs) => pairs.has(pair));
  }
}

function pairOf(host: string, port: number): string {
  return `${canonicalHost(host)} ${port}`;
}

/** One spelling per host, the one of URLs: `0:0::1` is `::1`, `LOCALHOST` is `localhost`. */
function canonicalHost(host: string): string {
  const literal = host.includes(':') ? `[${host}]` : host;
  const url = URL.canParse(`http://${literal}`) ? new URL(`http://${literal}`).hostname : host.toLowerCase();
  return url.replace(/^\[|\]$/g, '');
}
