import { createHash } from 'node:crypto';

/** What a decision is about. */
export interface CallFacts {
  readonly tool: string;
  /** JSON text. */
  readonly arguments: string;
  readonly target: string;
  readonly runId: string;
}

/** Stands for a call as it was shown: whoever decides names it, so that nothing else is decided. */
export function hashOfCall({ tool, arguments: text, target, runId }: CallFacts): string {
  const facts = canonical({ tool, arguments: JSON.parse(text) as unknown, target, run_id: runId });
  return createHash('sha256').update(facts).digest('hex');
}

/** The same JSON for the same value, in whatever order its fields stand. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, inner]) => `${JSON.stringify(name)}:${canonical(inner)}`);
  return `{${fields.join(',')}}`;
}
