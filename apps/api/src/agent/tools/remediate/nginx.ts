import type { HostReader } from '../host/host-reader.js';
import { failureOf, type Remedy } from './remedy.js';

const CHECK = ['nginx', '-t'];
const RELOAD = ['nginx', '-s', 'reload'];
const PROCESSES = [
  'find',
  '/proc',
  '-maxdepth',
  '2',
  '-path',
  '/proc/[0-9]*/comm',
  '-exec',
  'grep',
  '-l',
  '^nginx$',
  '{}',
  '+',
];
const WAIT_MS = 250;
const WAITS = 20;

/** Lets nginx read its configuration again, once it has been found right. */
export const RELOAD_NGINX: Remedy = {
  needs: [],

  plan: () => ({
    argv: RELOAD,
    changes:
      'nginx reads its configuration again, if nginx -t finds no fault in it; open requests are answered to their end.',
    rollback: 'Restore the former configuration and reload again.',
  }),

  async preview({ host }) {
    const check = await host.attempt(CHECK);
    return check ? `nginx -t says: ${check.stderr.trim().slice(0, 1_000)}` : 'There is no nginx on this machine.';
  },

  async run(hands) {
    const check = await hands.act(CHECK);
    const fault = failureOf(CHECK, check);
    if (fault) return { ...fault, status: 'refused', message: `Nothing was done: ${fault.message}` };
    const before = await processes(hands.host);
    const failure = failureOf(RELOAD, await hands.act(RELOAD));
    if (failure) return failure;
    const facts = { checked: check.stderr.trim(), processes_before: before };
    for (let waits = 0; waits < WAITS; waits += 1) {
      const now = await processes(hands.host);
      if (now.some((pid) => !before.includes(pid))) return { status: 'ok', ...facts, processes_now: now };
      await hands.host.pause(WAIT_MS);
    }
    return { status: 'error', message: 'nginx was told to reload, and no new worker has come up.', ...facts };
  },
};

async function processes(host: HostReader): Promise<number[]> {
  return (await host.lines(PROCESSES)).map((path) => Number(path.split('/')[2]));
}
