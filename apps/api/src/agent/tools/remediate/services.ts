import type { ToolResult } from '../agent-tool.js';
import type { HostReader } from '../host/host-reader.js';
import { failureOf, type Hands, type RemediateInput, type Remedy } from './remedy.js';

type Verb = 'restart' | 'reload' | 'start' | 'stop';

const UNIT = /^[A-Za-z0-9][\w.@:-]{0,120}$/;
/** Without it nobody comes back to the machine. */
const WAY_IN = /^sshd?(@.*)?(\.(service|socket))?$/;
const PROPERTIES = 'LoadState,ActiveState,SubState,MainPID,Result,NRestarts,ActiveEnterTimestamp';
const WAIT_MS = 500;
const WAITS = 20;

const CHANGES: Readonly<Record<Verb, string>> = {
  restart: 'The service is stopped and started again; whoever uses it is cut off for that time.',
  reload: 'The service reads its configuration again without stopping.',
  start: 'The service is started.',
  stop: 'The service is stopped; whoever uses it is cut off.',
};
const ROLLBACK: Readonly<Record<Verb, string>> = {
  restart:
    'None: a restart cannot be taken back. Where the service does not come up, its former configuration has to be restored.',
  reload: 'Restore the former configuration and reload again.',
  start: 'stop_service',
  stop: 'start_service',
};

/** Restarts, reloads, starts or stops a service of systemd. */
export function serviceRemedy(verb: Verb): Remedy {
  const argvOf = ({ service = '' }: RemediateInput): string[] => [
    'systemctl',
    verb,
    '--no-ask-password',
    '--',
    service,
  ];
  return {
    needs: ['service'],

    problemWith({ service = '' }) {
      if (!UNIT.test(service)) return 'service must be the name of a unit, such as nginx or nginx.service.';
      return verb === 'stop' && WAY_IN.test(service)
        ? 'The SSH server is not stopped: nobody could come back.'
        : undefined;
    },

    plan: (input) => ({ argv: argvOf(input), changes: CHANGES[verb], rollback: ROLLBACK[verb] }),

    async preview({ host }, { service = '' }) {
      const state = await stateOf(host, service);
      if (state['LoadState'] === undefined) return 'This machine does not answer for its services.';
      if (state['LoadState'] !== 'loaded') return `There is no service ${service} (${state['LoadState']}).`;
      return `Now: ${told(state)}.`;
    },

    async run(hands, input) {
      const { service = '' } = input;
      const before = await stateOf(hands.host, service);
      const argv = argvOf(input);
      const failure = failureOf(argv, await hands.act(argv));
      const after = await settled(hands, service);
      const facts = { before, after };
      if (failure) return { ...failure, ...facts };
      const isThere = after['ActiveState'] === 'active';
      if (isThere === (verb !== 'stop')) return { status: 'ok', ...facts } satisfies ToolResult;
      return { status: 'error', message: `The command succeeded, but the service is ${told(after)}.`, ...facts };
    },
  };
}

/** The state once it no longer changes, or after a while. */
async function settled({ host }: Hands, service: string): Promise<Record<string, string>> {
  for (let waits = 0; waits < WAITS; waits += 1) {
    const state = await stateOf(host, service);
    if (!/ing$/.test(state['ActiveState'] ?? '')) return state;
    await host.pause(WAIT_MS);
  }
  return stateOf(host, service);
}

async function stateOf(host: HostReader, service: string): Promise<Record<string, string>> {
  const lines = await host.lines(['systemctl', 'show', '--no-pager', '-p', PROPERTIES, '--', service]);
  return Object.fromEntries(
    lines.flatMap((line) => {
      const at = line.indexOf('=');
      return at > 0 ? [[line.slice(0, at), line.slice(at + 1)] as const] : [];
    }),
  );
}

function told(state: Readonly<Record<string, string>>): string {
  const { ActiveState: active = 'unknown', SubState: sub = '', ActiveEnterTimestamp: since = '' } = state;
  return `${active} (${sub})${since === '' ? '' : ` since ${since}`}`;
}
