import { setTimeout as pause } from 'node:timers/promises';
import { literalOf } from './answer-text.ts';
import { Connection } from './connection.ts';
import type { Outcome, Question } from './load.ts';

const TEXT_WITHIN_MS = 15_000;

/** Many streams that stay open until they are closed. */
export interface OpenStreams {
  readonly firstTokenMs: readonly number[];
  /** Hangs up everywhere and tells how many had not said what the model said. */
  close(): Outcome;
}

/** Opens `count` streams evenly over `inMs` and waits until each has said its text. */
export async function openStreams(port: number, question: Question, count: number, inMs: number): Promise<OpenStreams> {
  const from = performance.now();
  const streams = await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      await pause((inMs * index) / count);
      return openOne(port, question);
    }),
  );
  const deadline = performance.now() + TEXT_WITHIN_MS;
  while (streams.some((stream) => !stream.isSaid()) && performance.now() < deadline) await pause(20);
  const firstTokenMs = streams.flatMap((stream) => stream.firstTokenMs() ?? []);
  return {
    firstTokenMs,
    close: () => {
      const bad = streams.filter((stream) => !stream.isSaid()).length;
      for (const stream of streams) stream.close();
      return { count, bad, failed: 0, elapsedMs: performance.now() - from, totalMs: [], firstTokenMs, pieceMs: [] };
    },
  };
}

interface OneStream {
  isSaid(): boolean;
  firstTokenMs(): number | undefined;
  close(): void;
}

async function openOne(port: number, { request, shape, expected }: Question): Promise<OneStream> {
  const connection = await Connection.open(port);
  let body = '';
  let firstTokenMs: number | undefined;
  const decoder = new TextDecoder();
  const from = performance.now();
  connection
    .send(request, (piece) => {
      body += decoder.decode(piece, { stream: true });
      if (firstTokenMs === undefined && literalOf(body, shape) !== '') firstTokenMs = performance.now() - from;
    })
    // It never ends by itself; what it said until it was closed is compared.
    .catch(() => undefined);
  return {
    isSaid: () => JSON.parse(`"${literalOf(body, shape) ?? ''}"`) === expected,
    firstTokenMs: () => firstTokenMs,
    close: () => connection.close(),
  };
}
