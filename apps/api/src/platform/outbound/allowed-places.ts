/** The host:port pairs that may be reached although they are private. */
export class AllowedPlaces {
  private readonly pairs = new Set<string>();

  /** @param host a name, or an IP address without brackets */
  add(host: string, port: number): void {
    this.pairs.add(pairOf(host, port));
  }

  has(host: string, port: number): boolean {
    return this.pairs.has(pairOf(host, port));
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
