import type { AnswerShape } from './answer-text.ts';

/** Milliseconds since 1970 with a fraction, as the simulator's pieces say them. */
const TIME = /"(\d{13}\.\d{3}) "/g;

/** @returns for each time in these bytes how long ago it was; one that two reads cut apart is left out. */
export function onTheirWay(
  bytes: Buffer,
  { pieceMarker }: Pick<AnswerShape, 'pieceMarker'>,
  now = performance.timeOrigin + performance.now(),
): number[] {
  const text = bytes.toString('latin1');
  return [...text.matchAll(TIME)]
    .filter(({ index }) => text.startsWith(pieceMarker, index + 1 - pieceMarker.length))
    .map(([, time]) => now - Number(time));
}

/** @returns whether a text is `count` times, none before the one in front of it. */
export function areTimes(text: string, count: number): boolean {
  const times = text.split(' ').slice(0, -1).map(Number);
  return times.length === count && times.every((time, at) => time >= (times[at - 1] ?? 0));
}
