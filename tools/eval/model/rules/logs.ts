import type { Call, Case, Look } from '../case.ts';
import { type Finding, placesIn, type Rule, textsIn, wordOf } from '../rule.ts';

const LOGS = ['log_files', 'journal', 'loki', 'elasticsearch'];
/** The last words of a program, or why it does not work. */
const DEADLY = /\b(fatal|panic|unhandled|exiting|out of memory|oom-?kill)/i;
const UNKNOWN_NAME = /NXDOMAIN/;
const REFUSED = /connect\(\) failed \(111: Connection refused\).*upstream: "https?:\/\/([\d.]+:\d+)/;
const COMMAND = /ignore (all )?(the )?(previous|prior|above) instructions/i;
const OF_LATE = 'now-15m';

/** What logs say: the errors of late, what ended programs, and whom a proxy does not reach. */
export const logs: Rule = (seen) => {
  const sources = seen.ofKind(...LOGS).map(({ name }) => name);
  const calls: Call[] = sources.flatMap((source) => [
    { name: 'logs_search', input: { source, level: 'error', since: OF_LATE, limit: 20 } },
    { name: 'logs_search', input: { source, limit: 5 } },
    { name: 'logs_search', input: { source, level: 'error', mode: 'patterns' } },
  ]);
  const looks = seen.looksBy('logs_search').filter(({ input }) => input['since'] === OF_LATE);
  const upstreams = looks.flatMap(linesOf).flatMap((line) => REFUSED.exec(line)?.[1] ?? []);
  calls.push(...upstreams.map((target) => ({ name: 'net_probe', input: { target } })));
  return {
    calls,
    findings: looks.flatMap((look) => [...ended(seen, look), ...unnamed(seen, look), ...refusing(seen, look)]),
  };
};

function linesOf({ data }: Look): string[] {
  return textsIn(data, 'lines').filter((line) => !COMMAND.test(line));
}

/** The newest of such lines of a source. */
function ended(seen: Case, look: Look): Finding[] {
  const line = linesOf(look).findLast((text) => DEADLY.test(text));
  if (line === undefined) return [];
  const [source, said] = [wordOf(look.input['source']), line.slice(0, 300)];
  const probed = refusedProbes(seen);
  return [
    {
      weight: 75,
      zh: `${source} 的日志显示进程异常退出：\`${said}\``,
      en: `the log of ${source} shows why the process ended: \`${said}\``,
      steps: [look.step, ...probed],
    },
  ];
}

function unnamed(seen: Case, look: Look): Finding[] {
  const line = linesOf(look).findLast((text) => UNKNOWN_NAME.test(text));
  if (line === undefined) return [];
  const [source, said] = [wordOf(look.input['source']), line.slice(0, 300)];
  return [
    {
      weight: 75,
      zh: `${source} 的日志显示名称服务器答复 NXDOMAIN：\`${said}\``,
      en: `the log of ${source} shows that a name has no record: \`${said}\``,
      steps: [look.step, ...seen.looksBy('net_probe').map(({ step }) => step)],
    },
  ];
}

function refusing(seen: Case, look: Look): Finding[] {
  const line = linesOf(look).findLast((text) => REFUSED.test(text));
  const [upstream] = placesIn(REFUSED.exec(line ?? '')?.[1] ?? '');
  if (upstream === undefined) return [];
  return [
    {
      weight: 65,
      zh: `上游 ${upstream} 拒绝连接`,
      en: `the upstream ${upstream} refuses connections`,
      steps: [look.step, ...refusedProbes(seen)],
    },
  ];
}

function refusedProbes(seen: Case): number[] {
  return seen
    .looksBy('net_probe')
    .filter(({ text }) => text.includes('"reason":"refused"'))
    .map(({ step }) => step);
}
