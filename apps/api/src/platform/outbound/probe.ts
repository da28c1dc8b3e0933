import { ADDRCONFIG, type LookupAddress } from 'node:dns';
import { once } from 'node:events';
import { connect as connectTcp, isIP, type LookupFunction, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { isForbiddenAddress } from './address-rules.js';
import type { Names } from './names.js';
import { AddressInvalid, ConnectTimedOut, OutboundRefused, Unreachable } from './outbound.errors.js';
import { tlsFacts, type ProbeFacts } from './probe-facts.js';
import type { Target } from './target.js';

export type { CertificateFacts, ProbeFacts } from './probe-facts.js';

/** The steps to a connection, in their order. */
export type ProbeStage = 'address' | 'dns' | 'tcp' | 'tls';

/** Where one step stands; after the first that failed there is no other. */
export interface ProbeStep {
  stage: ProbeStage;
  state: 'started' | 'passed' | 'failed' | 'skipped';
  ms: number;
  facts?: ProbeFacts;
  /** AddressInvalid, OutboundRefused, Unreachable or ConnectTimedOut */
  error?: Error;
}

export interface ProbeOptions {
  readonly signal: AbortSignal;
  /** Longest wait for the whole way. */
  readonly connectMs: number;
}

/** What a stage came to: its facts, and its error even where there are facts. */
interface Outcome {
  facts?: ProbeFacts;
  error?: Error;
}

/** Goes the way of a request up to where the request would be sent, by the same policy, one step at a time. */
export class Probe {
  private readonly within: AbortSignal;
  private target!: Target;
  private addresses: LookupAddress[] = [];
  private socket: Socket | undefined;

  /** @param check gives the target of the address, or throws why it may not be asked */
  constructor(
    private readonly check: () => Target,
    private readonly names: Names,
    private readonly options: ProbeOptions,
  ) {
    this.within = AbortSignal.any([options.signal, AbortSignal.timeout(options.connectMs)]);
  }

  /** @throws the reason of the signal when it is aborted */
  async *steps(): AsyncGenerator<ProbeStep, void, undefined> {
    try {
      if (!(yield* this.step('address', () => this.address()))) return;
      if (isIP(this.target.host) !== 0) yield { stage: 'dns', state: 'skipped', ms: 0 };
      else if (!(yield* this.step('dns', () => this.resolve()))) return;
      if (!(yield* this.step('tcp', () => this.connect()))) return;
      if (this.target.url.protocol === 'http:') yield { stage: 'tls', state: 'skipped', ms: 0 };
      else yield* this.step('tls', () => this.shakeHands());
    } finally {
      this.socket?.destroy();
    }
  }

  /** Tells a stage's start and its end; true when the next may follow. */
  private async *step(stage: ProbeStage, run: () => Promise<Outcome> | Outcome): AsyncGenerator<ProbeStep, boolean> {
    yield { stage, state: 'started', ms: 0 };
    const start = performance.now();
    const { facts, error } = await this.outcomeOf(run);
    const ms = Math.round(performance.now() - start);
    yield { stage, state: error ? 'failed' : 'passed', ms, ...(facts && { facts }), ...(error && { error }) };
    return !error;
  }

  private async outcomeOf(run: () => Promise<Outcome> | Outcome): Promise<Outcome> {
    try {
      return await run();
    } catch (error) {
      this.options.signal.throwIfAborted();
      return { error: this.explained(error as Error) };
    }
  }

  private explained(error: Error): Error {
    if (error instanceof AddressInvalid || error instanceof OutboundRefused) return error;
    const place = this.target.url.host;
    return this.within.aborted ? new ConnectTimedOut(place, this.options.connectMs) : new Unreachable(place, error);
  }

  private address(): Outcome {
    this.options.signal.throwIfAborted();
    this.target = this.check();
    return { facts: { port: this.target.port } };
  }

  private async resolve(): Promise<Outcome> {
    const { host, isAllowed, url } = this.target;
    const found = await this.unlessAborted<LookupAddress[]>((resolve, reject) =>
      this.names.lookup(host, { all: true, hints: ADDRCONFIG }, (error, all) => (error ? reject(error) : resolve(all))),
    );
    this.addresses = isAllowed ? found : found.filter(({ address }) => !isForbiddenAddress(address));
    // A refusal names no address: what a private name resolves to is nobody's to learn.
    if (this.addresses.length === 0) throw new OutboundRefused(url.host);
    return { facts: { addresses: this.addresses.map(({ address }) => address) } };
  }

  private async connect(): Promise<Outcome> {
    const { host, port, isAllowed, url } = this.target;
    const lookup: LookupFunction = (_host, { all }, callback) => {
      const [first] = this.addresses;
      if (all || !first) callback(null, this.addresses);
      else callback(null, first.address, first.family);
    };
    this.socket = surviving(connectTcp({ host, port, lookup }));
    await once(this.socket, 'connect', { signal: this.within });
    const address = this.socket.remoteAddress ?? '';
    if (!isAllowed && isForbiddenAddress(address)) throw new OutboundRefused(url.host);
    return { facts: { address, port } };
  }

  private async shakeHands(): Promise<Outcome> {
    const { host, url } = this.target;
    if (this.socket?.destroyed) throw Object.assign(new Error('closed'), { code: 'ECONNRESET' });
    const servername = isIP(host) === 0 ? host : '';
    // The verdict is taken below instead of by an exception, so that a bad certificate can be shown; nothing is sent.
    const rejectUnauthorized = false;
    const socket = connectTls({
      socket: this.socket,
      host,
      servername,
      ALPNProtocols: ['http/1.1'],
      rejectUnauthorized,
    });
    this.socket = surviving(socket);
    await once(socket, 'secureConnect', { signal: this.within });
    const facts = tlsFacts(socket);
    if (socket.authorized) return { facts };
    const code = String(socket.authorizationError);
    return { facts, error: new Unreachable(url.host, Object.assign(new Error(code), { code })) };
  }

  private async unlessAborted<T>(
    work: (resolve: (value: T) => void, reject: (reason: Error) => void) => void,
  ): Promise<T> {
    this.within.throwIfAborted();
    return new Promise((resolve, reject) => {
      this.within.addEventListener('abort', () => reject(this.within.reason as Error), { once: true });
      work(resolve, reject);
    });
  }
}

/** Between two steps nobody listens: an error that comes then is found by the next one. */
function surviving(socket: Socket): Socket {
  return socket.on('error', () => undefined);
}
