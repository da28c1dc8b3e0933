import { prettyJson } from '../shared/data/visible-text.js';

/** A piece of what a tool answered: its facts, or a text of several lines under its own name. */
export interface ResultPart {
  /** Empty for the facts. */
  readonly name: string;
  readonly text: string;
}

/** A tool answers as JSON, in which the output of a command is one long line: it is shown as it was printed. */
export function resultParts(observation: string): readonly ResultPart[] {
  try {
    if (observation.startsWith('{')) return partsOf(JSON.parse(observation) as Record<string, unknown>);
  } catch (cause) {
    // No JSON, a part of it, or nested too deeply to be walked through.
    if (!(cause instanceof SyntaxError || cause instanceof RangeError)) throw cause;
  }
  return observation === '' ? [] : [{ name: '', text: prettyJson(observation) }];
}

function partsOf(facts: Record<string, unknown>): ResultPart[] {
  const entries = Object.entries(facts);
  const rest = entries.filter(([, value]) => !isPrinted(value));
  return [
    ...(rest.length > 0 ? [{ name: '', text: prettyJson(JSON.stringify(Object.fromEntries(rest))) }] : []),
    ...entries.flatMap(([name, value]) => (isPrinted(value) ? [{ name, text: value.trimEnd() }] : [])),
  ];
}

function isPrinted(value: unknown): value is string {
  return typeof value === 'string' && value.includes('\n');
}
