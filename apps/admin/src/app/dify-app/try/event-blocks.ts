/** One event of a stream as it came over the wire. */
export interface WireEvent {
  readonly index: number;
  /** Milliseconds since the call was sent. */
  readonly at: number;
  /** Its lines, without the empty one that ends it. */
  readonly raw: string;
  /** What it calls itself; a `ping` has no data. */
  readonly name: string;
  /** Null where its data is no JSON object. */
  readonly data: Readonly<Record<string, unknown>> | null;
}

/** Cuts what arrives into events; nothing of a half one is given out before its end has come. */
export class EventBlocks {
  private rest = '';
  private count = 0;

  /** @param at milliseconds since the call was sent */
  read(text: string, at: number): WireEvent[] {
    const blocks = (this.rest + text).split(/\r?\n\r?\n/);
    this.rest = blocks.pop() ?? '';
    return blocks.filter((raw) => raw.trim() !== '').map((raw) => this.event(raw, at));
  }

  private event(raw: string, at: number): WireEvent {
    const lines = raw.split(/\r?\n/);
    const data = dataOf(lines);
    const own = data?.['event'];
    const name =
      typeof own === 'string' ? own : (lines.find((line) => line.startsWith('event:')) ?? '').slice(6).trim();
    return { index: this.count++, at, raw, name, data };
  }
}

function dataOf(lines: readonly string[]): Readonly<Record<string, unknown>> | null {
  const text = lines
    .filter((line) => line.startsWith('data:'))
    .map((line) => line.slice(5))
    .join('\n');
  return objectOf(text);
}

/** The JSON object that a text holds; null when it holds none. */
export function objectOf(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
