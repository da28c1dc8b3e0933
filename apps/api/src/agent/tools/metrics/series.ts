import { isoOf } from '../moments.js';
import type { RawSeries } from './prometheus-api.js';

const MOST_POINTS = 40;

/** A series over time in few words: what it was, what it became, and some of its points. */
export interface ToldSeries {
  readonly labels: Readonly<Record<string, string>>;
  readonly first: number | string;
  readonly last: number | string;
  readonly min: number | null;
  readonly max: number | null;
  readonly avg: number | null;
  readonly trend: 'rising' | 'falling' | 'flat' | 'unknown';
  /** `[time, value]`, thinned evenly; the first and the last are always among them. */
  readonly points: readonly (readonly [string, number | string])[];
}

/** Tells a series over time. */
export function toldSeries({ metric, values = [] }: RawSeries): ToldSeries {
  const numbers = values.map(([, text]) => Number(text)).filter(Number.isFinite);
  const sum = numbers.reduce((total, value) => total + value, 0);
  return {
    labels: metric,
    first: valueOf(values[0]?.[1]),
    last: valueOf(values.at(-1)?.[1]),
    min: numbers.length === 0 ? null : rounded(numbers.reduce((a, b) => Math.min(a, b))),
    max: numbers.length === 0 ? null : rounded(numbers.reduce((a, b) => Math.max(a, b))),
    avg: numbers.length === 0 ? null : rounded(sum / numbers.length),
    trend: trendOf(numbers),
    points: thinned(values).map(([seconds, text]) => [isoOf(seconds), valueOf(text)] as const),
  };
}

/** A value as a number; `NaN` and the infinities stay words, for JSON has no others. */
export function valueOf(text = 'NaN'): number | string {
  const number = Number(text);
  return Number.isFinite(number) ? rounded(number) : text;
}

function rounded(value: number): number {
  return Number(value.toPrecision(6));
}

/** Compares the last quarter with the first; a change below a twentieth of the average is none. */
function trendOf(numbers: readonly number[]): ToldSeries['trend'] {
  if (numbers.length < 4) return 'unknown';
  const quarter = Math.max(1, Math.floor(numbers.length / 4));
  const mean = (part: readonly number[]): number => part.reduce((a, b) => a + b, 0) / part.length;
  const change = mean(numbers.slice(-quarter)) - mean(numbers.slice(0, quarter));
  const size = Math.abs(mean(numbers)) || 1;
  if (Math.abs(change) < size * 0.05) return 'flat';
  return change > 0 ? 'rising' : 'falling';
}

function thinned<T>(items: readonly T[]): readonly T[] {
  if (items.length <= MOST_POINTS) return items;
  const step = (items.length - 1) / (MOST_POINTS - 1);
  return Array.from({ length: MOST_POINTS }, (_, index) => items[Math.round(index * step)]);
}
