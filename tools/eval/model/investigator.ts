import type { Call, Case } from './case.ts';
import { conclude } from './conclude.ts';
import type { Finding, Rule } from './rule.ts';
import { cluster } from './rules/cluster.ts';
import { databases } from './rules/databases.ts';
import { metrics } from './rules/metrics.ts';
import { processes } from './rules/processes.ts';
import { monitoring } from './rules/monitoring.ts';
import { logs } from './rules/logs.ts';
import { probes } from './rules/probes.ts';

const RULES: readonly Rule[] = [monitoring, metrics, processes, databases, cluster, logs, probes];
const CALLS_AT_ONCE = 8;
const MOST_ROUNDS = 12;

export interface Decision {
  readonly text: string;
  readonly calls: readonly Call[];
}

/** Plans and looks into the runbooks, follows what the tools show for as long as there is something to follow, and concludes. */
export function decide(seen: Case): Decision {
  const opening = openingOf(seen);
  if (opening.length > 0) return { text: '', calls: opening };
  const thoughts = RULES.map((rule) => rule(seen));
  const wanted = thoughts.flatMap(({ calls = [] }) => calls).filter(({ name }) => seen.offers(name));
  const calls = wanted.filter((call, index) => !seen.hasMade(call) && index === wanted.findIndex(isSame(call)));
  if (calls.length > 0 && seen.rounds < MOST_ROUNDS) return { text: '', calls: calls.slice(0, CALLS_AT_ONCE) };
  const findings = thoughts.flatMap(({ findings: found = [] }) => found);
  return { text: conclude(seen, byWeight(findings)), calls: [] };
}

function openingOf(seen: Case): Call[] {
  if (seen.rounds > 0) return [];
  const steps =
    seen.language === 'zh'
      ? ['查阅运维手册', '收集现状的证据', '验证假设并下结论']
      : ['Look for a runbook', 'Gather evidence', 'Test the hypothesis and conclude'];
  const todos = steps.map((text, index) => ({ text, state: index === 0 ? 'in_progress' : 'pending' }));
  const opening: Call[] = [
    { name: 'write_todos', input: { todos } },
    { name: 'runbook_search', input: { query: seen.question.slice(0, 200) } },
  ];
  return opening.filter(({ name }) => seen.offers(name));
}

const isSame =
  ({ name, input }: Call) =>
  (other: Call): boolean =>
    other.name === name && JSON.stringify(other.input) === JSON.stringify(input);

function byWeight(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((a, b) => b.weight - a.weight);
}
