/** One line of the console's table; every figure is better when smaller. */
export interface ConsoleRow {
  readonly id: string;
  readonly label: string;
  readonly digits: number;
  readonly atMost?: number;
}

const row = (id: string, label: string, atMost?: number, digits = 0): ConsoleRow => ({
  ...{ id, label, digits },
  ...(atMost === undefined ? {} : { atMost }),
});

export const CONSOLE_ROWS: readonly ConsoleRow[] = [
  row('weight', 'What loads first, scripts and styles, gzip, kB', 150),
  row('login-paint', 'Sign-in, phone on a slow line: largest paint, ms', 2_200),
  row('login-shift', 'Sign-in: layout shift', 0.01, 3),
  row('configs-paint', 'Configurations, phone on a slow line: largest paint, ms', 2_200),
  row('configs-shift', 'Configurations: layout shift', 0.01, 3),
  row('chat-open', '2,000 messages: opening, ms', 300),
  row('follow-p95', '200 tokens/s, at the end: frame p95, ms', 17, 1),
  row('follow-p99', '200 tokens/s, at the end: frame p99, ms', 34, 1),
  row('follow-max', '200 tokens/s, at the end: longest frame, ms', 50, 1),
  row('follow-long', '200 tokens/s, at the end: long tasks a minute', 5),
  row('back-p95', '200 tokens/s, reading back: frame p95, ms', 17, 1),
  row('back-p99', '200 tokens/s, reading back: frame p99, ms', 34, 1),
  row('back-max', '200 tokens/s, reading back: longest frame, ms', 50, 1),
  row('chat-key', '200 tokens/s: key to frame p95, ms', 50),
  row('chat-scroll', '2,000 messages, scrolling up: frame p95, ms', 17, 1),
  row('chat-nodes', '2,000 messages: DOM nodes', 6_000),
  row('chat-heap', 'Ten long answers: heap growth, MB', 30, 1),
  row('configs-first', '10,000 configurations: first rows after opening, ms'),
  row('configs-key', '10,000 configurations, filtering: key to frame p95, ms', 50),
  row('configs-scroll', '10,000 configurations, scrolling: frame p95, ms', 17, 1),
  row('configs-nodes', '10,000 configurations: DOM nodes', 3_000),
  row('sessions-open', '10,000 sessions: opening, ms', 200),
  row('sessions-search', '10,000 sessions: search result, ms', 300),
  row('sessions-scroll', '10,000 sessions, scrolling: frame p95, ms', 17, 1),
  row('language', 'Language switch, ms', 200),
  row('theme', 'Theme switch, ms', 50),
];

/** The best figure of several rounds, by row. */
export class BestFigures {
  private readonly best = new Map<string, number>();

  add(row: string, value: number): void {
    this.best.set(row, Math.min(value, this.best.get(row) ?? Infinity));
  }

  /** @returns the figures as a Markdown table, without the rows that were not measured. */
  table(): string {
    const lines = CONSOLE_ROWS.filter(({ id }) => this.best.has(id)).map((row) => lineOf(row, this.best.get(row.id)!));
    return ['|  | OpsAgent | goal | reached |', '| --- | --: | --: | --: |', ...lines].join('\n');
  }
}

function lineOf({ label, digits, atMost }: ConsoleRow, value: number): string {
  const figure = value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  if (atMost === undefined) return `| ${label} | ${figure} |  |  |`;
  return `| ${label} | ${figure} | ≤ ${atMost.toLocaleString('en')} | ${value <= atMost ? 'yes' : 'no'} |`;
}
