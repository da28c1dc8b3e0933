/** What is known of one request; the same object is updated while the request lives. Times are epoch milliseconds. */
export interface LogRecord {
  readonly id: number;
  readonly method: string;
  readonly path: string;
  /** As received, but `authorization` is the SHA-256 (hex) of the key. */
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed JSON body, the raw text when it is not JSON, null without a body. */
  body: unknown;
  model: string | null;
  /** Requests with the same number came over the same connection. */
  readonly socketId: number;
  readonly startedAt: number;
  status: number | null;
  firstByteAt: number | null;
  /** When the answer was over: written whole, or broken off by either side. */
  endedAt: number | null;
  /** When the connection itself closed; null while it is kept alive. */
  closedAt: number | null;
  finishedWriting: boolean;
  /** What was sent that the provider takes but should not be sent. */
  readonly violations: string[];
  /** The client went away before the answer was written whole. */
  aborted: boolean;
}

interface Waiter {
  matches(record: LogRecord): boolean;
  resolve(record: LogRecord): void;
}

const LIMIT = 10_000;
const SLACK = 1_000;

/** The last 10,000 requests, to assert on what was really sent and when sockets closed. */
export class RequestLog {
  /** A log that is switched off costs a benchmark nothing. */
  readonly enabled: boolean;
  private records: LogRecord[] = [];
  private readonly waiters = new Set<Waiter>();
  private clearedThrough = 0;
  private nextId = 1;

  constructor(enabled = true) {
    this.enabled = enabled;
  }

  /** Every kept record, oldest first. */
  all(): LogRecord[] {
    return this.records.slice(-LIMIT);
  }

  /** The records that asked for this model, oldest first. */
  ofModel(model: string): LogRecord[] {
    return this.all().filter((record) => record.model === model);
  }

  /** The newest record. */
  last(): LogRecord | undefined {
    return this.records.at(-1);
  }

  /** Forgets everything; requests still running are not reported any more. */
  clear(): void {
    this.records = [];
    this.clearedThrough = this.nextId - 1;
  }

  /**
   * Resolves with the first record that matches, now or as soon as one changes into it.
   * @throws Error when none did within `timeoutMs`.
   */
  waitFor(predicate: (record: LogRecord) => boolean, timeoutMs = 5_000): Promise<LogRecord> {
    const found = this.all().find(predicate);
    if (found) return Promise.resolve(found);
    return new Promise((resolve, reject) => {
      const waiter: Waiter = { matches: predicate, resolve: (record) => finish(() => resolve(record)) };
      const timer = setTimeout(() => finish(() => reject(this.nothingMatched(timeoutMs))), timeoutMs);
      const finish = (settle: () => void): void => {
        clearTimeout(timer);
        this.waiters.delete(waiter);
        settle();
      };
      this.waiters.add(waiter);
    });
  }

  /** Begins a record. */
  open(facts: Pick<LogRecord, 'method' | 'path' | 'headers' | 'socketId' | 'startedAt'>): LogRecord {
    const record: LogRecord = {
      id: this.nextId++,
      ...facts,
      body: null,
      model: null,
      status: null,
      firstByteAt: null,
      endedAt: null,
      closedAt: null,
      finishedWriting: false,
      violations: [],
      aborted: false,
    };
    this.records.push(record);
    if (this.records.length > LIMIT + SLACK) this.records = this.records.slice(-LIMIT);
    this.changed(record);
    return record;
  }

  /** Tells those who wait that a record has changed. */
  changed(record: LogRecord): void {
    if (this.waiters.size === 0 || record.id <= this.clearedThrough) return;
    for (const waiter of this.waiters) {
      if (waiter.matches(record)) waiter.resolve(record);
    }
  }

  /** Notes the end of a connection on every request that came over it. */
  socketClosed(socketId: number, at: number): void {
    for (const record of this.records) {
      if (record.socketId !== socketId) continue;
      record.closedAt = at;
      this.changed(record);
    }
  }

  private nothingMatched(timeoutMs: number): Error {
    const seen = this.all()
      .slice(-5)
      .map((record) => `#${record.id} ${record.method} ${record.path} model=${record.model} aborted=${record.aborted}`);
    return new Error(`no request matched within ${timeoutMs} ms; the last were: ${seen.join('; ') || 'none'}`);
  }
}
