import { withoutSecrets } from '../safety/secrets.js';
import { NoActor } from '../sources/databases/database-actor.js';
import { StatementFailed } from '../sources/databases/database-session.js';
import { DATABASE_KINDS } from '../sources/databases/open-database.js';
import type { DatabaseAccess } from './db/database-result.js';
import type { AgentTool, ToolResult } from './agent-tool.js';
import { COMMAND_SOURCES, type CommandTargets, LOCAL } from './command/command-targets.js';
import { shownCommand } from './command/quoting.js';
import { resultFrom } from './asked-source.js';
import { FREE_DISK, WAYS_TO_FREE } from './remediate/disk.js';
import { RELOAD_NGINX } from './remediate/nginx.js';
import { KILL_PROCESS } from './remediate/processes.js';
import { type Asked, Hands, type RemediateInput, type Remedy } from './remediate/remedy.js';
import { serviceRemedy } from './remediate/services.js';
import { DatabaseSessions } from './remediate/sessions/database-sessions.js';
import { SESSION_ACTION, type SessionAction } from './remediate/sessions/found-session.js';

/** Everything that may be asked for; there is no other. */
const REMEDIES: Readonly<Record<string, Remedy>> = {
  restart_service: serviceRemedy('restart'),
  reload_service: serviceRemedy('reload'),
  start_service: serviceRemedy('start'),
  stop_service: serviceRemedy('stop'),
  kill_process: KILL_PROCESS,
  free_disk: FREE_DISK,
  reload_nginx: RELOAD_NGINX,
};
const ON_A_SESSION: Asked = {
  needs: ['pid', 'started_at'],
  problemWith({ pid = 0, started_at: startedAt = '' }) {
    if (pid < 1) return 'pid must be the number of a session.';
    return Number.isNaN(Date.parse(startedAt)) ? 'started_at must be what db_diagnose tells of it.' : undefined;
  },
};
const FIELDS = ['service', 'pid', 'started_at', 'what', 'path', 'keep_mb'] as const;
const ACTIONS = [...Object.keys(REMEDIES), ...SESSION_ACTION];
const PREVIEW_MS = 10_000;

/** Does one of a few named actions, each of which somebody has to allow. */
export function remediate(targets: CommandTargets, databases: DatabaseAccess): AgentTool<RemediateInput> {
  const sessions = new DatabaseSessions(databases);
  return {
    name: 'remediate',
    description:
      'Does one named action on a machine or a database; a person has to allow each call, so propose it only once the cause is shown. restart_service, reload_service, start_service, stop_service: `service`. kill_process: `pid` and `started_at` as host_inspect tells them. free_disk: `what` is journal (with `keep_mb`), package_cache or log_file (with `path` below /var/log). reload_nginx: after nginx -t. cancel_db_query: `pid` and `started_at` (the query_started_at of db_diagnose) of a session in a database source. terminate_db_backend: `pid` and `started_at` (its session_started_at, of MySQL its server_started_at). Answers how things stood before and after.',
    parameters: {
      type: 'object',
      properties: {
        action: { type: 'string', enum: ACTIONS, description: 'What to do.' },
        target: {
          type: 'string',
          maxLength: 63,
          description: `An SSH source, ${LOCAL} for OpsAgent's own machine, or a database source.`,
        },
        service: { type: 'string', maxLength: 121, description: 'The unit.' },
        pid: { type: 'integer', description: 'The process or session.' },
        started_at: { type: 'string', maxLength: 40, description: 'When that was started.' },
        what: { type: 'string', enum: WAYS_TO_FREE, description: 'What to free.' },
        path: { type: 'string', maxLength: 500, description: 'The log file to empty.' },
        keep_mb: { type: 'integer', description: 'Megabytes of the journal to keep.' },
      },
      required: ['action', 'target'],
      additionalProperties: false,
    },
    risk: 'dangerous',
    label: { en: 'Remediate', zh: '执行修复' },
    sourceKinds: [...COMMAND_SOURCES, ...DATABASE_KINDS],
    worksWithoutSource: targets.isLocalOn,
    timeoutMs: 150_000,

    targetOf: (input) => (sessionActionOf(input) ? sessions.targetOf(input) : targets.placeOf(input.target)),

    async describe(input, { signal }) {
      checkAsked(input);
      const action = sessionActionOf(input);
      if (action) return sessions.describe(action, input, within(signal));
      const remedy = remedyFor(input);
      const environment = targets.environmentOf(input.target);
      const { argv, changes, rollback } = remedy.plan(input);
      return {
        target: targets.placeOf(input.target),
        summary: shownCommand(argv),
        ...(environment === undefined ? {} : { environment }),
        preview: `${changes}\n${withoutSecrets(await previewOf(targets, remedy, input, signal))}`,
        rollback,
      };
    },

    run: (input, context) => {
      const { signal } = context;
      checkAsked(input);
      const action = sessionActionOf(input);
      if (action) {
        const about = { target: input.target, action };
        return resultFrom(async () => ({ ...(await sessions.run(action, input, signal)), ...about }), {
          signal,
          refusals: [NoActor, StatementFailed],
        });
      }
      const remedy = remedyFor(input);
      const query = shownCommand(remedy.plan(input).argv);
      return resultFrom(
        async (): Promise<ToolResult> => {
          const result = await targets.use(input.target, signal, (runner) =>
            remedy.run(new Hands(runner, signal, (text) => context.emit(text)), input),
          );
          return { ...result, query, target: input.target, action: input.action };
        },
        { signal, query },
      );
    },
  };
}

/** @throws Error, a sentence, when it can never be done */
function checkAsked(input: RemediateInput): void {
  const asked = sessionActionOf(input) ? ON_A_SESSION : remedyFor(input);
  const missing = asked.needs.find((name) => input[name] === undefined);
  if (missing !== undefined) throw new Error(`${input.action} needs ${missing}.`);
  const known = [...asked.needs, ...(asked.optional ?? [])];
  const stray = FIELDS.find((name) => input[name] !== undefined && !known.includes(name));
  if (stray !== undefined) throw new Error(`${stray} has no meaning for ${input.action}.`);
  const problem = asked.problemWith?.(input);
  if (problem !== undefined) throw new Error(problem);
}

function sessionActionOf({ action }: RemediateInput): SessionAction | undefined {
  return SESSION_ACTION.find((name) => name === action);
}

function remedyFor({ action }: RemediateInput): Remedy {
  const remedy = REMEDIES[action];
  if (!remedy) throw new Error(`action must be one of ${ACTIONS.join(', ')}.`);
  return remedy;
}

function within(stopped: AbortSignal | undefined): AbortSignal {
  const late = AbortSignal.timeout(PREVIEW_MS);
  return stopped ? AbortSignal.any([late, stopped]) : late;
}

/** An approver may decide without it: a machine that does not answer now is told of. */
async function previewOf(
  targets: CommandTargets,
  remedy: Remedy,
  input: RemediateInput,
  stopped?: AbortSignal,
): Promise<string> {
  const signal = within(stopped);
  try {
    return await targets.use(input.target, signal, (runner) => remedy.preview(new Hands(runner, signal), input));
  } catch (error) {
    return `The machine could not be looked at: ${(error as Error).message}`;
  }
}
