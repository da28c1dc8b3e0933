import type { JsonObject } from '../../../provider-simulator/chat-request.ts';
import type { Call, Case, Look } from '../case.ts';
import { type Finding, listIn, objectOf, type Rule, wordOf } from '../rule.ts';

const CHECKS = ['overview', 'connections', 'locks', 'long_queries'];
const FULL_SHARE = 0.75;

/** What databases are busy with: sessions that hold others up, statements that take long, connections. */
export const databases: Rule = (seen) => {
  const sources = seen.ofKind('postgresql', 'mysql').map(({ name }) => name);
  const calls: Call[] = sources.flatMap((source) =>
    CHECKS.map((check) => ({ name: 'db_diagnose', input: { check, source } })),
  );
  const working = looksAt(seen, 'long_queries').flatMap((look) =>
    listIn(look.data, 'queries')
      .filter((query) => !isIdle(query))
      .map((query) => ({ look, query })),
  );
  calls.push(
    ...working.map(({ look, query }) => ({
      name: 'db_query',
      input: { source: look.input['source'], sql: explained(query) },
    })),
  );
  return {
    calls,
    findings: [
      ...looksAt(seen, 'locks').flatMap(lockFindings),
      ...looksAt(seen, 'connections').flatMap(connectionFindings),
      ...looksAt(seen, 'long_queries').flatMap((look) =>
        listIn(look.data, 'queries').map((query) => queryFinding(seen, look, query)),
      ),
    ],
  };
};

function looksAt(seen: Case, check: string): Look[] {
  return seen.looksBy('db_diagnose').filter(({ input }) => input['check'] === check);
}

/** Sleeping, or waiting for somebody else: not what makes others slow. */
function isIdle(query: JsonObject): boolean {
  return (
    /timeout|lock|client|activity/i.test(wordOf(query['wait_event_type'])) ||
    /user sleep|lock/i.test(wordOf(query['state']))
  );
}

function whoOf(session: JsonObject): string {
  return wordOf(session['application']) || wordOf(session['user']);
}

function lockFindings({ data, step }: Look): Finding[] {
  return listIn(data, 'trees')
    .filter((tree) => listIn(tree, 'blocks').length > 0)
    .map((tree) => {
      const [who, pid, state, seconds] = [
        whoOf(tree),
        wordOf(tree['pid']),
        wordOf(tree['state']),
        wordOf(tree['transaction_s']),
      ];
      return {
        weight: 85,
        zh: `会话 ${who}（pid ${pid}，${state}，事务已 ${seconds} 秒）持有锁，阻塞了其他会话`,
        en: `the session ${who} (pid ${pid}, ${state}, in a transaction for ${seconds} s) holds the lock that others wait for`,
        steps: [step],
      };
    });
}

function connectionFindings({ data, step }: Look): Finding[] {
  const told = objectOf(data['connections']);
  const most = Number(told['max_connections'] ?? told['max']);
  const used = Number(told['threads_connected'] ?? told['used']);
  const [client] = listIn(data, 'by_client');
  if (!client || used < most * FULL_SHARE) return [];
  const [who, count, state] = [
    whoOf(client),
    wordOf(client['connections']),
    wordOf(client['command'] ?? client['state']),
  ];
  return [
    {
      weight: 80,
      zh: `连接数 ${used}/${most} 接近上限，其中 ${who} 占用 ${count} 个（${state}），没有归还`,
      en: `${used} of ${most} connections are used, ${count} of them by ${who} (${state}), which does not give them back`,
      steps: [step],
    },
  ];
}

function queryFinding(seen: Case, { input, step }: Look, query: JsonObject): Finding {
  const [who, seconds] = [whoOf(query), wordOf(query['query_s'])];
  if (isIdle(query)) {
    return {
      weight: 10,
      zh: `${who} 的会话已等待 ${seconds} 秒`,
      en: `a session of ${who} waits for ${seconds} s`,
      steps: [step],
    };
  }
  const plan = seen
    .looksBy('db_query')
    .find((look) => look.input['sql'] === explained(query) && look.input['source'] === input['source']);
  const tables = [...new Set([...(plan?.text.matchAll(/Seq Scan on (\w+)/g) ?? [])].map(([, table]) => table))];
  const reads =
    tables.length > 0
      ? [
          `；执行计划对 ${tables.join('、')} 做全表扫描（Seq Scan），缺少索引`,
          `; its plan reads all of ${tables.join(' and ')} (Seq Scan), an index is missing`,
        ]
      : ['', ''];
  return {
    weight: 70,
    zh: `${who} 的查询已运行 ${seconds} 秒${reads[0]}`,
    en: `a query of ${who} runs for ${seconds} s${reads[1]}`,
    steps: [step, ...(plan ? [plan.step] : [])],
  };
}

/** Comments are left out: whoever wrote them does not matter to the plan. */
function explained(query: JsonObject): string {
  return `EXPLAIN ${wordOf(query['query'])
    .replaceAll(/\/\*.*?\*\//g, '')
    .trim()}`;
}
