/**
 * @returns the value below which the share `p` (0 to 1) of the values lies, by nearest rank.
 * @throws Error without values, because a figure made of nothing must not look like one.
 */
export function percentile(values: readonly number[], p: number): number {
  if (values.length === 0) throw new Error('no values were measured');
  const sorted = Float64Array.from(values).sort();
  const rank = Math.max(1, Math.ceil(p * sorted.length));
  return sorted[Math.min(rank, sorted.length) - 1];
}

/** @returns the middle value, or the mean of the middle two. @throws Error without values. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new Error('no values were measured');
  const sorted = Float64Array.from(values).sort();
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Figures of several rounds, by row and by what was measured: one number a round. */
export class Figures {
  private readonly rounds = new Map<string, number[]>();

  add(row: string, target: string, value: number): void {
    const key = keyOf(row, target);
    const values = this.rounds.get(key);
    if (values) values.push(value);
    else this.rounds.set(key, [value]);
  }

  /** @returns the median of the rounds; undefined where nothing was measured. */
  median(row: string, target: string): number | undefined {
    const values = this.rounds.get(keyOf(row, target));
    return values && median(values);
  }
}

function keyOf(row: string, target: string): string {
  return `${row}\n${target}`;
}
