import dns from 'node:dns';

/** Looks names up as the machine does; a class of its own so that a test can say what a name means. */
export class Names {
  /** Every address of a name, in the order to try them. */
  lookup(
    hostname: string,
    options: dns.LookupAllOptions,
    callback: (error: NodeJS.ErrnoException | null, addresses: dns.LookupAddress[]) => void,
  ): void {
    dns.lookup(hostname, options, callback);
  }
}
