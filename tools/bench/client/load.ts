import { setTimeout as pause } from 'node:timers/promises';
import { type AnswerShape, streamedText } from './answer-text.ts';
import { areTimes, onTheirWay } from './times.ts';
import { Connection } from './connection.ts';

/** One request that can be sent again and again, and what must come back. */
export interface Question {
  readonly request: Buffer;
  readonly isStreaming: boolean;
  readonly shape: AnswerShape;
  /** null where only the model knows; such an answer must be the same every time. */
  readonly expected: string | null;
  /** How many pieces there are that say when they left; their times are the text, which nobody knows before. */
  readonly times?: number;
}

export interface Load {
  readonly port: number;
  readonly question: Question;
  readonly concurrency: number;
  readonly milliseconds: number;
  /** Streams that take their time are begun one after the other over these milliseconds. */
  readonly spreadMs?: number;
}

/** What a load came to. */
export interface Outcome {
  readonly count: number;
  /** Answers that were not what the model said. */
  readonly bad: number;
  /** Requests that broke or were refused. */
  readonly failed: number;
  readonly elapsedMs: number;
  readonly totalMs: readonly number[];
  readonly firstTokenMs: readonly number[];
  /** How long pieces that say when they left were on their way. */
  readonly pieceMs: readonly number[];
}

const MOST_REQUESTS = 500_000;
const MOST_FAILURES = 20;

/** Asks the same question over `concurrency` kept connections, each as soon as it has its answer, until the time is over. */
export async function runLoad(load: Load): Promise<Outcome> {
  const tally = new Tally(load.question);
  const from = performance.now();
  const until = from + load.milliseconds;
  const clients = Array.from({ length: load.concurrency }, async (_, index) => {
    if (load.spreadMs) await pause((load.spreadMs * index) / load.concurrency);
    await askUntil(load.port, tally, until);
  });
  await Promise.all(clients);
  return tally.outcome(performance.now() - from);
}

async function askUntil(port: number, tally: Tally, until: number): Promise<void> {
  let connection: Connection | undefined;
  while (performance.now() < until && !tally.isOver) {
    try {
      connection ??= await Connection.open(port);
      await tally.ask(connection);
    } catch (error) {
      tally.failed(error as Error);
      connection?.close();
      connection = undefined;
    }
  }
  connection?.close();
}

/** Counts and compares the answers to one question. */
export class Tally {
  private readonly question: Question;
  private readonly totalMs: number[] = [];
  private readonly firstTokenMs: number[] = [];
  private readonly pieceMs: number[] = [];
  private readonly firstPiece: Buffer;
  private readonly emptyPiece: Buffer;
  private expected: string | null;
  private bad = 0;
  private failures = 0;

  constructor(question: Question) {
    this.question = question;
    this.expected = question.expected;
    this.firstPiece = Buffer.from(question.shape.pieceMarker);
    this.emptyPiece = Buffer.from(`${question.shape.pieceMarker}"`);
  }

  /** Enough asked, or too much has failed to go on. */
  get isOver(): boolean {
    return this.totalMs.length >= MOST_REQUESTS || this.failures >= MOST_FAILURES;
  }

  /** Asks once and compares. @throws Error when the connection breaks. */
  async ask(connection: Connection): Promise<void> {
    const pieces: Buffer[] = [];
    const from = performance.now();
    let firstToken = 0;
    const status = await connection.send(this.question.request, (piece) => {
      if (firstToken === 0 && this.hasToken(piece)) firstToken = performance.now();
      if (this.question.times !== undefined) this.pieceMs.push(...onTheirWay(piece, this.question.shape));
      pieces.push(piece);
    });
    const until = performance.now();
    this.compare(status, pieces.length === 1 ? pieces[0].toString() : Buffer.concat(pieces).toString());
    this.totalMs.push(until - from);
    if (this.question.isStreaming) this.firstTokenMs.push(firstToken - from);
  }

  failed(error: Error): void {
    this.failures += 1;
    if (this.failures === 1) console.error(`a request failed: ${error.message}`);
  }

  outcome(elapsedMs: number): Outcome {
    const { bad, failures: failed, totalMs, firstTokenMs, pieceMs } = this;
    return { count: totalMs.length, bad, failed, elapsedMs, totalMs, firstTokenMs, pieceMs };
  }

  /** OpenAI's first piece is an empty one that only names the role. */
  private hasToken(piece: Buffer): boolean {
    if (!this.question.isStreaming) return false;
    let at = piece.indexOf(this.firstPiece);
    while (at >= 0 && piece.indexOf(this.emptyPiece, at) === at) at = piece.indexOf(this.firstPiece, at + 1);
    return at >= 0;
  }

  private compare(status: number, body: string): void {
    if (status !== 200) return this.failed(new Error(`status ${status}: ${body.slice(0, 300)}`));
    if (!this.isRight(this.textOf(body))) {
      this.bad += 1;
      if (this.bad === 1) console.error(`an answer is not what the model said:\n${body.slice(0, 1000)}`);
    }
  }

  private isRight(text: string | null): boolean {
    if (text === null) return false;
    if (this.question.times !== undefined) return areTimes(text, this.question.times);
    this.expected ??= text;
    return text === this.expected;
  }

  private textOf(body: string): string | null {
    const { isStreaming, shape } = this.question;
    if (isStreaming) return streamedText(body, shape);
    const text = shape.wholeText(JSON.parse(body));
    return typeof text === 'string' ? text : null;
  }
}
