import type { Call, Case, Look } from '../case.ts';
import { type Finding, type Rule, wordOf } from '../rule.ts';

const ABOUT_PROCESSES = /process|running away|restart|cpu|进程|重启|稳定/i;
/** Programs are written like this. */
const NAME = /\b[a-z]+(?:-[a-z]+)+\b/g;
const COLUMNS = 'pid,pcpu,rss,etimes,args';
/** A machine may be too busy to give a runaway process more. */
const BUSY_PERCENT = 15;
const YOUNG_S = 5;
const LOCAL = 'local';

/** The processes that a question names: how busy they are, and how long they have been there. */
export const processes: Rule = (seen) => {
  if (!seen.asksFor(ABOUT_PROCESSES)) return {};
  const machines = seen.ofKind('ssh').map(({ name }) => name);
  const targets = machines.length > 0 ? machines : [LOCAL];
  const names = [...new Set(seen.question.match(NAME) ?? [])].filter((name) => !machines.includes(name));
  const calls: Call[] = targets.flatMap((target) => [
    { name: 'host_inspect', input: { section: 'processes', target } },
    ...names.map((name) => ({ name: 'run_command', input: { target, argv: ['pgrep', '-a', '-f', name] } })),
  ]);
  const found = commandsOf(seen, 'pgrep').map((look) => ({ target: look.input['target'], pids: pidsIn(look) }));
  calls.push(
    ...found
      .filter(({ pids }) => pids.length > 0)
      .map(({ target, pids }) => ({
        name: 'run_command',
        input: { target, argv: ['ps', '-o', COLUMNS, '-p', pids.join(',')] },
      })),
  );
  const findings = commandsOf(seen, 'ps').flatMap((look) => findingsIn(look, names));
  return { calls, findings: [...findings, ...commandsOf(seen, 'pgrep').flatMap(thereFindings)] };
};

function commandsOf(seen: Case, program: string): Look[] {
  return seen
    .looksBy('run_command')
    .filter(({ input }) => Array.isArray(input['argv']) && input['argv'][0] === program);
}

function pidsIn({ data }: Look): string[] {
  return linesIn(data['stdout']).flatMap((line) => /^(\d+) /.exec(line)?.[1] ?? []);
}

function linesIn(text: unknown): string[] {
  return wordOf(text).split('\n');
}

function findingsIn({ data, step }: Look, names: readonly string[]): Finding[] {
  return linesIn(data['stdout']).flatMap((line) => {
    const [pid = '', cpu = '', , seconds = '', program = ''] = line.trim().split(/\s+/);
    const name = names.find((one) => program.includes(one));
    if (name === undefined || !/^\d+$/.test(pid)) return [];
    if (Number(cpu) >= BUSY_PERCENT) return [busy(step, name, pid, cpu)];
    return Number(seconds) <= YOUNG_S ? [young(step, name, pid, seconds)] : [];
  });
}

function thereFindings(look: Look): Finding[] {
  const pids = pidsIn(look).join(', ');
  const name = wordOf((look.input['argv'] as unknown[]).at(-1));
  if (pids === '') return [];
  return [
    { weight: 5, zh: `${name} 的进程：pid ${pids}`, en: `processes of ${name}: pid ${pids}`, steps: [look.step] },
  ];
}

function busy(step: number, name: string, pid: string, cpu: string): Finding {
  return {
    weight: 75,
    zh: `进程 ${name}（pid ${pid}）失控，占用 CPU ${cpu}%`,
    en: `the process ${name} (pid ${pid}) is running away with ${cpu} % of a CPU core`,
    steps: [step],
  };
}

function young(step: number, name: string, pid: string, seconds: string): Finding {
  return {
    weight: 30,
    zh: `${name}（pid ${pid}）${seconds} 秒前才启动`,
    en: `${name} (pid ${pid}) started ${seconds} s ago`,
    steps: [step],
  };
}
