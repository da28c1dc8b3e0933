import type { ToolResult } from '../agent-tool.js';
import type { HostReader } from './host-reader.js';

const MOST = 40;
/** What kernels say of trouble, by its kind. */
const TROUBLE: Readonly<Record<string, RegExp>> = {
  out_of_memory: /out of memory|oom-kill|killed process/i,
  disk: /i\/o error|blk_update_request|medium error|ata\d.*(error|failed)|nvme.*(timeout|reset)|critical (target|medium) error/i,
  file_system: /(ext4|xfs|btrfs)[^:]*.*(error|corrupt|shutdown)|remounting filesystem read-only|no space left/i,
  crash: /segfault|general protection|kernel bug|call trace|panic/i,
  stalled: /hung_task|blocked for more than|soft lockup|rcu.*stall/i,
  network: /nf_conntrack: table full|link is down|possible syn flooding|neighbour table overflow/i,
  heat: /throttl|temperature above/i,
  clock: /clocksource.*unstable|time.*(jump|backwards)/i,
};

/** Units that have failed, where systemd runs the machine. */
export async function readServices(host: HostReader): Promise<ToolResult> {
  const [failed, state] = await Promise.all([
    host.attempt(['systemctl', 'list-units', '--failed', '--all', '--plain', '--no-legend', '--no-pager']),
    host.text(['systemctl', 'is-system-running']),
  ]);
  if (!failed || failed.exitCode !== 0) {
    return { status: 'no_data', message: 'This machine is not run by systemd, or does not answer for it.' };
  }
  const units = failed.stdout.split('\n').flatMap((line) => {
    const [unit, load, active, sub, ...description] = line.trim().split(/\s+/);
    return unit ? [{ unit, load, active, sub, description: description.join(' ') }] : [];
  });
  return { status: 'ok', system_state: state.trim(), failed_count: units.length, failed: units.slice(0, MOST) };
}

/** What the kernel said of trouble: memory, disks, crashes. */
export async function readKernel(host: HostReader): Promise<ToolResult> {
  const messages = await host.attempt(['dmesg', '-T']);
  const isReadable = messages?.exitCode === 0;
  const lines = isReadable
    ? messages.stdout.split('\n')
    : await host.lines(['journalctl', '-k', '-n', '5000', '--no-pager', '-o', 'short-iso']);
  if (lines.filter(Boolean).length === 0) {
    return {
      status: 'no_data',
      message: 'The messages of the kernel could not be read: this user may not, or there are none.',
    };
  }
  return { status: 'ok', read_lines: lines.length, ...troubleIn(lines) };
}

export function troubleIn(lines: readonly string[]) {
  const kinds = Object.entries(TROUBLE).map(
    ([kind, pattern]) => [kind, lines.filter((line) => pattern.test(line)).length] as const,
  );
  const told = lines.filter((line) => Object.values(TROUBLE).some((pattern) => pattern.test(line)));
  return {
    count_by_kind: Object.fromEntries(kinds.filter(([, count]) => count > 0)),
    last_messages: told.slice(-MOST).map((line) => line.slice(0, 300)),
  };
}

/** How right its clock is: against the clock of this server, and what keeps it. */
export async function readTime(host: HostReader): Promise<ToolResult> {
  const asked = Date.now();
  const said = (await host.text(['date', '-u', '+%s.%N'])).trim();
  const answered = Date.now();
  const [kept, chrony] = await Promise.all([
    host.text(['timedatectl', 'show', '--no-pager']),
    host.text(['chronyc', '-n', 'tracking']),
  ]);
  const seconds = Number.parseFloat(said);
  if (Number.isNaN(seconds)) return { status: 'no_data', message: 'This machine does not tell its time.' };
  const setting = (name: string): string | null => new RegExp(`^${name}=(.*)$`, 'm').exec(kept)?.[1] ?? null;
  return {
    status: 'ok',
    time: new Date(seconds * 1000).toISOString(),
    // Asking took a while, so that it is not known better than by half of that.
    ahead_of_opsagent_seconds: Math.round(seconds * 1000 - (asked + answered) / 2) / 1000,
    uncertain_by_seconds: (answered - asked) / 2000,
    time_zone: setting('Timezone'),
    is_synchronised: setting('NTPSynchronized') === null ? null : setting('NTPSynchronized') === 'yes',
    chrony: chrony.trim() === '' ? null : chrony.trim().split('\n').slice(0, 14),
  };
}
