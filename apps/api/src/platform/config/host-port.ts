import { IsInt, Matches, Max, Min } from 'class-validator';

/** A place on the network that outgoing requests may reach. */
export class HostPort {
  /** A name, an IPv4 address, or an IPv6 address without its brackets. */
  @Matches(/^[A-Za-z0-9._:-]+$/)
  host!: string;

  @IsInt()
  @Min(1)
  @Max(65_535)
  port!: number;
}

/** Reads `host:port, [::1]:port`; whatever is no such pair stays in the list and fails its rules. */
export function readHostPorts(list: string): HostPort[] {
  return list
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(readHostPort);
}

function readHostPort(text: string): HostPort {
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:[\]]+)):(\d+)$/.exec(text) ?? [];
  return Object.assign(new HostPort(), { host: (bracketed ?? plain ?? '').toLowerCase(), port: Number(port ?? 0) });
}
