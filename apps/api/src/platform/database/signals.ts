import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Client, escapeIdentifier, type Notification } from 'pg';
import type { ConnectionFacts } from './open-database.js';

type Handler = (payload: string) => void;

/** PostgreSQL refuses 8000 bytes and more. */
const LONGEST_PAYLOAD_BYTES = 7_000;
const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 5_000;

/** Rare messages between the processes on one database: stop, decisions, "forget what you cached". */
@Injectable()
export class Signals implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(Signals.name);
  private readonly handlers = new Map<string, Set<Handler>>();
  private readonly reconnectHandlers = new Set<() => void>();
  private client: Promise<Client> | undefined;
  private retry: NodeJS.Timeout | undefined;
  private retryMs = FIRST_RETRY_MS;
  private lastStatement: Promise<unknown> = Promise.resolve();
  private isClosed = false;

  constructor(private readonly facts: ConnectionFacts) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.connected();
  }

  /** Sends `payload` to every process that listens, this one included. @throws RangeError over 7 kB. */
  async publish(channel: string, payload: string): Promise<void> {
    if (Buffer.byteLength(payload) > LONGEST_PAYLOAD_BYTES) throw new RangeError(`Signal on ${channel} is over 7 kB`);
    await this.run('select pg_notify($1, $2)', [channel, payload]);
  }

  /** Calls `handler` for every payload on `channel`, until the answered function is called. */
  subscribe(channel: string, handler: Handler): () => void {
    const known = this.handlers.get(channel);
    const handlers = known ?? new Set<Handler>();
    handlers.add(handler);
    this.handlers.set(channel, handlers);
    if (known === undefined && this.client !== undefined) this.send(`listen ${escapeIdentifier(channel)}`);
    return () => this.unsubscribe(channel, handlers, handler);
  }

  /** Calls `handler` after a lost connection is back: signals sent meanwhile were missed. */
  onReconnect(handler: () => void): void {
    this.reconnectHandlers.add(handler);
  }

  async onApplicationShutdown(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.retry);
    const client = await this.client?.catch(() => undefined);
    await client?.end();
  }

  private unsubscribe(channel: string, handlers: Set<Handler>, handler: Handler): void {
    handlers.delete(handler);
    if (handlers.size > 0 || this.handlers.get(channel) !== handlers) return;
    this.handlers.delete(channel);
    this.send(`unlisten ${escapeIdentifier(channel)}`);
  }

  /** Sends and forgets: when the connection breaks, the next one listens to everything wanted by then. */
  private send(statement: string): void {
    if (this.isClosed) return;
    this.run(statement).catch((error: Error) => {
      if (!this.isClosed) this.logger.warn(`Signal connection: ${error.message}`);
    });
  }

  /** One statement at a time: a connection has no queue of its own. */
  private run(text: string, values: unknown[] = []): Promise<unknown> {
    const mine = this.lastStatement.then(async () => (await this.connected()).query(text, values));
    this.lastStatement = mine.catch(() => undefined);
    return mine;
  }

  private connected(): Promise<Client> {
    if (this.isClosed) return Promise.reject(new Error('The signals are closed.'));
    this.client ??= this.connect();
    return this.client;
  }

  private async connect(): Promise<Client> {
    const client = new Client({ ...this.facts, application_name: 'opsagent signals', keepAlive: true });
    client.on('notification', (message) => this.deliver(message));
    client.on('error', (error) => this.logger.warn(`The signal connection broke: ${error.message}`));
    client.on('end', () => this.reconnectLater());
    await client.connect();
    for (const channel of this.handlers.keys()) await client.query(`listen ${escapeIdentifier(channel)}`);
    this.retryMs = FIRST_RETRY_MS;
    return client;
  }

  private deliver({ channel, payload = '' }: Notification): void {
    for (const handler of this.handlers.get(channel) ?? []) handler(payload);
  }

  private reconnectLater(): void {
    this.client = undefined;
    if (this.isClosed) return;
    clearTimeout(this.retry);
    this.retry = setTimeout(() => void this.reconnect(), this.retryMs);
    this.retryMs = Math.min(this.retryMs * 2, LONGEST_RETRY_MS);
  }

  private async reconnect(): Promise<void> {
    try {
      await this.connected();
      for (const handler of this.reconnectHandlers) handler();
    } catch (error) {
      this.logger.warn(`The signal connection is still down: ${(error as Error).message}`);
      this.reconnectLater();
    }
  }
}
