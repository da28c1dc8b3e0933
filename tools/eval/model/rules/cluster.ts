import type { JsonObject } from '../../../provider-simulator/chat-request.ts';
import type { Call, Case, Look } from '../case.ts';
import { type Finding, listIn, objectOf, type Rule, wordOf } from '../rule.ts';

const MOST_PODS = 3;

/** Pods in trouble: how their containers ended, with what limits, and what they said last. */
export const cluster: Rule = (seen) => {
  const sources = seen.ofKind('kubernetes').map(({ name }) => name);
  const calls: Call[] = sources.flatMap((source) => [
    { name: 'k8s_read', input: { source, action: 'list', kind: 'pods' } },
    { name: 'k8s_read', input: { source, action: 'list', kind: 'events' } },
  ]);
  const restarted = looksFor(seen, 'list').flatMap((look) =>
    listIn(look.data, 'items')
      .filter(({ restarts }) => Number(restarts) > 0)
      .slice(0, MOST_PODS)
      .map((pod) => ({ look, pod })),
  );
  for (const { look, pod } of restarted) {
    const one = { source: look.input['source'], name: pod['name'] };
    calls.push({ name: 'k8s_read', input: { ...one, action: 'get', kind: 'pods' } });
    calls.push({ name: 'k8s_read', input: { ...one, action: 'logs', previous: true } });
  }
  return { calls, findings: looksFor(seen, 'get').flatMap(podFindings) };
};

function looksFor(seen: Case, action: string): Look[] {
  return seen.looksBy('k8s_read').filter(({ input }) => input['action'] === action && input['kind'] === 'pods');
}

function podFindings({ data, step }: Look): Finding[] {
  const pod = objectOf(data['object']);
  return listIn(pod, 'containers').flatMap((container) => endFinding(wordOf(pod['name']), container, step));
}

function endFinding(pod: string, container: JsonObject, step: number): Finding[] {
  const [end, restarts] = [wordOf(container['last_end']), wordOf(container['restarts'])];
  if (end === '') return [];
  const isKilled = end.includes('OOMKilled');
  const why = isKilled ? ['内存不足被杀（OOMKilled）', 'killed for want of memory (OOMKilled)'] : ['上次结束', 'ended'];
  return [
    {
      weight: isKilled ? 80 : end.includes('exit 0') ? 10 : 60,
      zh: `Pod ${pod} ${why[0]}，已重启 ${restarts} 次：${end}`,
      en: `the pod ${pod} was ${why[1]}, ${restarts} restarts: ${end}`,
      steps: [step],
    },
  ];
}
