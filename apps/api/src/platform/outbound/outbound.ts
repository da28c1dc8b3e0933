import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { Injectable, Optional, type OnApplicationShutdown } from '@nestjs/common';
import type { Agent } from 'undici';
import { Environment } from '../config/environment.js';
import { AllowedPlaces, type Place } from './allowed-places.js';
import { Deadlines } from './deadlines.js';
import type { ExchangeLimits, OutboundResponse } from './exchange.js';
import { Names } from './names.js';
import type { ProbeStep } from './probe.js';
import { targetOf, targetOfPlace } from './target.js';

export type { Place } from './allowed-places.js';
export type { OutboundBody, OutboundResponse } from './exchange.js';
export type { CertificateFacts, ProbeFacts, ProbeStage, ProbeStep } from './probe.js';

export interface OutboundRequest extends Partial<ExchangeLimits> {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer | Readable;
  readonly signal?: AbortSignal;
}

const MAX_BYTES = 64 * 1024 * 1024;

/** Idle connections are kept this long where the other side sets no limit of its own. */
const KEEP_IDLE_MS = 30_000;

/** Everything a connection needs, loaded together at the first request. */
interface Transport {
  agent: Agent;
  Exchange: typeof import('./exchange.js').Exchange;
}

/** The one way out of this server: public addresses and allowed places only, no redirects, bounded in time and size. */
@Injectable()
export class Outbound implements OnApplicationShutdown {
  readonly deadlines = new Deadlines();
  private readonly places = new AllowedPlaces();
  private transport: Promise<Transport> | undefined;

  constructor(
    private readonly environment: Environment,
    @Optional() private readonly names: Names = new Names(),
  ) {
    for (const host of ['localhost', '127.0.0.1', '::1']) this.places.add(host, 11_434);
    for (const { host, port } of environment.OPSAGENT_OUTBOUND_ALLOW) this.places.add(host, port);
  }

  /** Lets a private place be reached, such as a source that an administrator registered. */
  allow(host: string, port: number): void {
    this.places.add(host, port);
  }

  /** Lets these private places be reached, and no longer those that `group` held before. */
  allowOnly(group: string, places: readonly Place[]): void {
    this.places.replace(group, places);
  }

  /**
   * Sends one request; redirects come back as they are.
   * @throws AddressInvalid, OutboundRefused, Unreachable, NotHttp, ConnectTimedOut, ConnectionLost, ExchangeTimedOut; the reason of `signal` when it is aborted.
   */
  async request(url: string, request: OutboundRequest = {}): Promise<OutboundResponse> {
    const target = this.check(url);
    const { agent, Exchange } = await this.load();
    request.signal?.throwIfAborted();
    const limits = {
      connectMs: request.connectMs ?? this.environment.OPSAGENT_CONNECT_MS,
      totalMs: request.totalMs ?? this.environment.OPSAGENT_TOTAL_MS,
      maxBytes: request.maxBytes ?? MAX_BYTES,
      sent: request.sent,
    };
    const exchange = new Exchange(target, limits, this.deadlines, request.signal);
    const { method = 'GET', headers, body = null } = request;
    agent.dispatch({ origin: target.origin, path: target.pathname + target.search, method, headers, body }, exchange);
    return exchange.response;
  }

  async onApplicationShutdown(): Promise<void> {
    const { transport } = this;
    this.transport = undefined;
    await (await transport)?.agent.destroy();
  }

  /** @throws AddressInvalid or OutboundRefused, for what can be seen without looking the name up. */
  check(address: string): URL {
    return targetOf(address, this.places).url;
  }

  /**
   * Goes the way of a request to this address, up to where it would be sent: address, DNS, TCP, TLS.
   * @throws the reason of `signal` when it is aborted; whatever else happens is told by a step
   */
  async *probe(
    url: string,
    { signal, connectMs }: { signal: AbortSignal; connectMs?: number },
  ): AsyncIterable<ProbeStep> {
    const { Probe } = await import('./probe.js');
    const options = { signal, connectMs: connectMs ?? this.environment.OPSAGENT_CONNECT_MS };
    yield* new Probe(() => targetOf(url, this.places), this.names, options).steps();
  }

  /**
   * Opens a TCP connection for a library that speaks a protocol of its own over it.
   * @throws AddressInvalid, OutboundRefused, Unreachable, ConnectTimedOut; the reason of `signal` when it is aborted
   */
  async connect(place: Place, { signal, connectMs }: { signal: AbortSignal; connectMs?: number }): Promise<Socket> {
    const target = targetOfPlace(place, this.places);
    const { openSocket } = await import('./open-socket.js');
    const options = { signal, connectMs: connectMs ?? this.environment.OPSAGENT_CONNECT_MS };
    return openSocket(target, this.names, options);
  }

  private load(): Promise<Transport> {
    return (this.transport ??= this.open());
  }

  /** Loaded at the first request: a server that only serves its console starts without it. */
  private async open(): Promise<Transport> {
    const [undici, { guardedConnector }, { Exchange }] = await Promise.all([
      import('undici'),
      import('./guarded-connector.js'),
      import('./exchange.js'),
    ]);
    // Our own deadlines govern; undici's would need a timer per request.
    const agent = new undici.Agent({
      connect: guardedConnector(this.places, this.names),
      allowH2: false,
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: KEEP_IDLE_MS,
    });
    return { agent, Exchange };
  }
}
