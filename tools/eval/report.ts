import type { Scenario } from './incident.ts';
import type { Outcome } from './runner.ts';

const HEAD = ['scenario', 'result', 'steps', 'tokens', 'seconds', 'why'];

/** One line a scenario, and last how many there are. */
export function listOf(scenarios: readonly Scenario[]): string {
  const lines = scenarios.map(
    ({ id, incident: { title, language, question } }) => `${id}\t${title}\t${language}\t${question}`,
  );
  return [...lines, `${scenarios.length} scenarios`].join('\n');
}

/** Outcomes as a table of Markdown. */
export function tableOf(outcomes: readonly Outcome[]): string {
  const rows = outcomes.map(({ id, result, turn, seconds, why }) => [
    ...[id, result, String(turn?.steps.length ?? '-'), String(turn?.tokens ?? '-'), seconds.toFixed(1)],
    why.join('; ').replaceAll(/\s+/g, ' ').replaceAll('|', '/').slice(0, 300),
  ]);
  const widths = HEAD.map((name, index) => Math.max(name.length, ...rows.map((row) => row[index]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, index) => cell.padEnd(index === 5 ? 0 : (widths[index] ?? 0))).join(' | ')} |`;
  return [line(HEAD), line(HEAD.map((name) => '-'.repeat(name.length))), ...rows.map(line)].join('\n');
}

/** The last line of a run. */
export function sumOf(outcomes: readonly Outcome[], seconds: number): string {
  const count = (result: Outcome['result']): number => outcomes.filter((outcome) => outcome.result === result).length;
  return `${count('passed')} passed, ${count('failed')} failed, ${count('not run')} not run, of ${outcomes.length} in ${Math.round(seconds)} s`;
}

/** All that was said and shown in a scenario. */
export function transcriptOf({ id, result, why, turn }: Outcome): string {
  const steps =
    turn?.steps.map(
      ({ position, tool, input, state, observation }) =>
        `## Step ${position}: ${tool} (${state})\n\n${input}\n\n${observation}\n`,
    ) ?? [];
  return [
    `# ${id}: ${result}`,
    '',
    ...why.map((fault) => `- ${fault}`),
    '',
    ...steps,
    '## Answer',
    '',
    turn?.answer ?? '',
    '',
  ].join('\n');
}
