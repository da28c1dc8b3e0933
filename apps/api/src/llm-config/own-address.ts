import { networkInterfaces, hostname } from 'node:os';
import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { Environment } from '../platform/config/environment.js';
import { InvalidInput } from '../platform/errors/domain-error.js';

/** A configuration leads back to this server: it was moved to the port of what it used to ask. */
export class LeadsToItself extends Error {}

/** Knows the addresses this very server answers at, so that no configuration makes it talk to itself. */
@Injectable()
export class OwnAddress {
  constructor(
    private readonly environment: Environment,
    private readonly adapter: HttpAdapterHost,
  ) {}

  /** Whether a base URL leads back to this server. */
  isThis(baseUrl: string): boolean {
    return URL.canParse(baseUrl) && this.isOwn(new URL(baseUrl));
  }

  /** @throws InvalidInput when a base URL leads back to this server */
  refuse(baseUrl: string | null): void {
    if (baseUrl === null || !this.isThis(baseUrl)) return;
    const message = `base_url is the address of OpsAgent itself (port ${this.port()}): give the model server's own`;
    throw new InvalidInput([{ field: 'base_url', message }]);
  }

  private isOwn({ protocol, hostname: host, port }: URL): boolean {
    const its = Number(port || (protocol === 'https:' ? 443 : 80));
    return its === this.port() && this.hosts().has(host.replace(/^\[|\]$/g, '').toLowerCase());
  }

  private port(): number {
    const server = this.adapter.httpAdapter?.getHttpServer() as Server | undefined;
    const address = server?.address() as AddressInfo | null | undefined;
    return address?.port ?? this.environment.PORT;
  }

  private hosts(): Set<string> {
    const addresses = Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address));
    const own = ['localhost', '0.0.0.0', '::', '::1', '127.0.0.1', hostname().toLowerCase(), this.environment.HOST];
    return new Set([...own, ...addresses]);
  }
}
