import { LOCAL } from '../command/command-targets.js';
import type { HostReader } from '../host/host-reader.js';
import { findProcess } from '../host/processes.js';
import { failureOf, type RemediateInput, type Remedy } from './remedy.js';

/** The start of the machine, from which starts of processes are counted, is known to a second only. */
const TOLERANCE_MS = 2_000;
const WAIT_MS = 250;
const WAITS = 20;

/** Asks a process to end; a number that belongs to another process by now is left alone. */
export const KILL_PROCESS: Remedy = {
  needs: ['pid', 'started_at'],

  problemWith({ target, pid = 0, started_at: startedAt = '' }) {
    if (pid <= 1) return 'pid must be the number of a process, and not that of init.';
    if (target === LOCAL && [process.pid, process.ppid].includes(pid)) return 'OpsAgent does not end itself.';
    return Number.isNaN(Date.parse(startedAt))
      ? 'started_at must be what host_inspect tells of the process.'
      : undefined;
  },

  plan: ({ pid }) => ({
    argv: ['kill', '-TERM', String(pid)],
    changes: 'The process is asked to end (SIGTERM); it may finish what it does, and may refuse.',
    rollback: 'None: start the program again by hand, or by its service.',
  }),

  async preview({ host }, input) {
    const found = await findSame(host, input);
    return typeof found === 'string'
      ? found
      : `Process ${found.pid}: ${found.command ?? found.name}, of ${found.user ?? 'unknown'}, ${found.memory_mb} MB, since ${found.started_at}.`;
  },

  async run(hands, input) {
    const before = await findSame(hands.host, input);
    if (typeof before === 'string') return { status: 'refused', message: `${before} Nothing was done.` };
    // A shell's own `kill` is there on every machine; the program is not.
    const argv = ['sh', '-c', 'kill -TERM "$1"', 'sh', String(input.pid)];
    const failure = failureOf(argv, await hands.act(argv));
    if (failure) return { ...failure, before };
    for (let waits = 0; waits < WAITS; waits += 1) {
      const now = await findSame(hands.host, input);
      if (typeof now === 'string' || now.state === 'Z')
        return { status: 'ok', message: 'The process has ended.', before };
      await hands.host.pause(WAIT_MS);
    }
    return { status: 'error', message: 'The process was asked to end and still runs.', before };
  },
};

/** The process that was meant, or why it is not there. */
async function findSame(host: HostReader, { pid = 0, started_at: startedAt = '' }: RemediateInput) {
  const found = await findProcess(host, pid);
  if (!found) return `There is no process ${pid}.`;
  if (Math.abs(Date.parse(found.started_at) - Date.parse(startedAt)) <= TOLERANCE_MS) return found;
  return `Process ${pid} is another one by now: ${found.name}, started at ${found.started_at}.`;
}
