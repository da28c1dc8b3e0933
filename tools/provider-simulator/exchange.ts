import { createHash } from 'node:crypto';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { LogRecord, RequestLog } from './request-log.ts';
import { now, type Ticker } from './ticker.ts';

const BODY_LIMIT_BYTES = 64 * 1024 * 1024;

/** One request and its answer: writing that respects back-pressure, waiting that ends when the client goes. */
export class Exchange {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly request: IncomingMessage;
  /** The body as received. */
  bytes: Buffer = Buffer.alloc(0);
  /** The same as text. */
  text = '';
  /** The parsed body; undefined when it is not JSON. */
  json: unknown;
  /** The connection is gone: nothing more can be written. */
  gone = false;
  private readonly response: ServerResponse;
  private readonly ticker: Ticker;
  private readonly log: RequestLog;
  private readonly record: LogRecord | undefined;
  private severed = false;
  private wake: (() => void) | undefined;
  private onGone: (() => void) | undefined;

  constructor(request: IncomingMessage, response: ServerResponse, socketId: number, log: RequestLog, ticker: Ticker) {
    const url = request.url ?? '/';
    const mark = url.indexOf('?');
    this.request = request;
    this.response = response;
    this.method = request.method ?? 'GET';
    this.path = mark < 0 ? url : url.slice(0, mark);
    this.query = mark < 0 ? '' : url.slice(mark + 1);
    this.log = log;
    this.ticker = ticker;
    this.record = log.enabled && !this.path.startsWith('/__') ? log.open(this.facts(socketId)) : undefined;
    response.on('close', () => this.closed());
    response.on('drain', () => this.wake?.());
  }

  /** The key of `authorization: Bearer …`. */
  get key(): string | undefined {
    return bearerOf(this.request.headers.authorization);
  }

  /** Reads the body. @returns false when it never came whole or is too big. */
  async readBody(): Promise<boolean> {
    const whole = await this.collect();
    if (!whole) return false;
    this.bytes = whole;
    // A form carries files: its route reads it.
    if (!isForm(this.request)) this.text = whole.toString('utf8');
    this.parse();
    return true;
  }

  /** Notes in the log what was sent that should not have been. */
  note(violation: string): void {
    this.record?.violations.push(violation);
  }

  /** Says in the log what a body that is no JSON asks for. */
  describe(model: string, body: unknown): void {
    if (!this.record) return;
    Object.assign(this.record, { model, body });
    this.log.changed(this.record);
  }

  /** Sends a whole answer. */
  send(status: number, contentType: string, body: string, headers: OutgoingHttpHeaders = {}): void {
    if (this.gone) return;
    this.begin(status, { 'content-type': contentType, 'content-length': Buffer.byteLength(body), ...headers });
    this.response.end(body);
  }

  /** Sends a value as JSON. */
  sendJson(status: number, value: unknown, headers: OutgoingHttpHeaders = {}): void {
    this.send(status, 'application/json', JSON.stringify(value), headers);
  }

  /** Sends the head of an answer that is written piece by piece. */
  begin(status: number, headers: OutgoingHttpHeaders): void {
    this.response.writeHead(status, headers);
    if (!this.record) return;
    this.record.status = status;
    this.record.firstByteAt = now();
    this.log.changed(this.record);
  }

  /** Sends the head at once, although no body follows yet. */
  flushHead(): void {
    this.response.flushHeaders();
  }

  /** @returns false when the client reads too slowly: await `drained` before the next piece. */
  write(piece: string | Uint8Array): boolean {
    return this.gone || this.response.write(piece);
  }

  end(): void {
    if (!this.gone) this.response.end();
  }

  /** Resolves when the client has taken what was written, or is gone. */
  drained(): Promise<void> {
    if (this.gone) return Promise.resolve();
    return new Promise((resolve) => (this.wake = resolve));
  }

  /** Resolves at that time, or as soon as the client is gone. */
  until(time: number): Promise<void> {
    if (this.gone || time <= now()) return Promise.resolve();
    return new Promise((resolve) => {
      this.wake = undefined;
      this.onGone = resolve;
      this.ticker.at(time, resolve);
    });
  }

  /** Resolves when the client is gone. */
  untilGone(): Promise<void> {
    if (this.gone) return Promise.resolve();
    return new Promise((resolve) => (this.onGone = resolve));
  }

  /** Ends the exchange after a fault of the simulator itself. */
  fail(): void {
    if (this.gone) return;
    if (this.response.headersSent) this.response.destroy();
    else this.sendJson(500, { error: { message: 'the simulator itself failed; see its output' } });
  }

  /** Breaks the connection from our side once everything written has left. */
  async sever(): Promise<void> {
    if (this.gone) return;
    this.severed = true;
    const { socket } = this.response;
    if (!socket) return;
    await new Promise<void>((resolve) => {
      this.onGone = resolve;
      socket.write('', () => resolve());
    });
    socket.destroy();
  }

  private collect(): Promise<Buffer | undefined> {
    return new Promise((resolve) => {
      const chunks: Buffer[] = [];
      let size = 0;
      this.request.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > BODY_LIMIT_BYTES) resolve(undefined);
        else chunks.push(chunk);
      });
      this.request.on('end', () => resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)));
      this.request.on('close', () => resolve(undefined));
    });
  }

  private facts(socketId: number): Pick<LogRecord, 'method' | 'path' | 'headers' | 'socketId' | 'startedAt'> {
    return { method: this.method, path: this.path, headers: hideKey(this.request), socketId, startedAt: now() };
  }

  private parse(): void {
    try {
      this.json = this.text === '' ? undefined : JSON.parse(this.text);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
    if (!this.record) return;
    this.record.body = this.text === '' ? null : (this.json ?? this.text);
    this.record.model = modelOf(this.json);
    this.log.changed(this.record);
  }

  private closed(): void {
    this.gone = true;
    if (this.record) {
      this.record.endedAt = now();
      this.record.finishedWriting = this.response.writableFinished && !this.severed;
      this.record.aborted = !this.record.finishedWriting && !this.severed;
      this.log.changed(this.record);
    }
    this.wake?.();
    this.onGone?.();
  }
}

function isForm({ headers }: IncomingMessage): boolean {
  return /^multipart\/form-data\b/i.test(headers['content-type'] ?? '');
}

function modelOf(body: unknown): string | null {
  const model = typeof body === 'object' && body !== null && 'model' in body ? body.model : undefined;
  return typeof model === 'string' ? model : null;
}

function bearerOf(header: string | undefined): string | undefined {
  return header === undefined ? undefined : /^Bearer\s+(.*)$/i.exec(header)?.[1]?.trim();
}

function hideKey(request: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) headers[name] = String(value);
  const { authorization } = request.headers;
  if (authorization !== undefined) headers['authorization'] = sha256(bearerOf(authorization) ?? authorization);
  return headers;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
