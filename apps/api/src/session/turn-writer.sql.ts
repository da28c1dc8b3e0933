/** How long a process may be silent before its runs are taken for dead. */
export const LEASE_SECONDS = 30;

/** Fields of a step, in the order of its parameters. */
export const STEP_COLUMNS = [
  'id',
  'messageId',
  'position',
  'round',
  'thought',
  'reasoning',
  'tool',
  'label',
  'input',
  'observation',
  'artifactId',
  'risk',
  'state',
  'startedAt',
  'finishedAt',
] as const;

const START_TYPES =
  'uuid bool uuid text uuid uuid text text uuid text uuid uuid text uuid text timestamptz uuid uuid'.split(' ');
const START_NAMES =
  'session_id, is_new, owner_id, user_id, app_id, end_user_id, channel, name, bound_id, inputs, message_id, run_id, query, llm_config_id, model_name, created_at, process_id, parent_id';
const END_TYPES = 'uuid uuid text text text text text text int int int int bool numeric text uuid text real real'.split(
  ' ',
);
const END_NAMES =
  'message_id, run_id, status, answer, reasoning, error_kind, error_code, error_detail, prompt_tokens, completion_tokens, cached_tokens, reasoning_tokens, usage_estimated, total_price, currency, llm_config_id, model_name, first_token_ms, total_ms';
const STEP_TYPES = 'uuid uuid int int text text text text text text uuid text text timestamptz timestamptz'.split(' ');
const STEP_NAMES =
  'id, message_id, position, round, thought, reasoning, tool, label, input, observation, artifact_id, risk, state, started_at, finished_at';

const FILE_TYPES = 'uuid uuid uuid int uuid text text text'.split(' ');
const FILE_NAMES = 'id, message_id, session_id, position, file_id, kind, transfer_method, text';

/** `name(columns) AS (SELECT * FROM unnest($n::type[], …))`: one array per column. */
function rows(name: string, names: string, types: readonly string[], first: number): string {
  const parameters = types.map((type, index) => `$${first + index}::${type}[]`).join(', ');
  return `${name} (${names}) AS (SELECT * FROM unnest(${parameters}))`;
}

const SESSIONS = `
  new_sessions AS (
    INSERT INTO user_sessions (id, owner_id, user_id, app_id, end_user_id, channel, name, llm_config_id, inputs, created_at, updated_at)
    SELECT session_id, owner_id, user_id, app_id, end_user_id, channel, name, bound_id, inputs::jsonb, created_at, created_at
    FROM starts WHERE is_new
  ),
  touched_sessions AS (
    UPDATE user_sessions s
    SET updated_at = greatest(s.updated_at, starts.created_at), archived_at = NULL, name = CASE WHEN s.name = '' THEN starts.name ELSE s.name END
    FROM starts WHERE NOT starts.is_new AND s.id = starts.session_id
  )`;

const STEPS = `
  new_steps AS (
    INSERT INTO agent_steps (${STEP_NAMES})
    SELECT id, message_id, position, round, thought, reasoning, tool, label::jsonb, input, observation, artifact_id, risk, state, started_at, finished_at
    FROM steps
    ON CONFLICT (id) DO UPDATE
    SET observation = excluded.observation, artifact_id = excluded.artifact_id, state = excluded.state, finished_at = excluded.finished_at
  )`;

const FILES = `
  new_files AS (
    INSERT INTO message_files (${FILE_NAMES}) SELECT ${FILE_NAMES} FROM files_of_turns
  )`;

/** Sessions, pending messages and runs of several turns, in one statement and so in one commit. */
export const START_TURNS = `
  WITH ${rows('starts', START_NAMES, START_TYPES, 1)},
  ${rows('files_of_turns', FILE_NAMES, FILE_TYPES, 1 + START_TYPES.length)}, ${SESSIONS}, ${FILES},
  new_messages AS (
    INSERT INTO messages (id, session_id, run_id, parent_id, query, status, llm_config_id, model_name, created_at)
    SELECT message_id, session_id, run_id, parent_id, query, 'running', llm_config_id, model_name, created_at FROM starts
  )
  INSERT INTO runs (id, message_id, session_id, process_id, state, lease_until, created_at)
  SELECT run_id, message_id, session_id, process_id, 'running', now() + interval '${LEASE_SECONDS} seconds', created_at FROM starts`;

/** The ends of several started turns. */
export const END_TURNS = `
  WITH ${rows('ends', END_NAMES, END_TYPES, 1)}, ${rows('steps', STEP_NAMES, STEP_TYPES, 1 + END_TYPES.length)}, ${STEPS},
  ended_runs AS (
    UPDATE runs r SET state = ends.status, ended_at = now(), waiting = NULL FROM ends WHERE r.id = ends.run_id
  )
  UPDATE messages m
  SET status = ends.status, answer = ends.answer, reasoning = ends.reasoning, error_kind = ends.error_kind, error_code = ends.error_code,
      error_detail = ends.error_detail, prompt_tokens = ends.prompt_tokens, completion_tokens = ends.completion_tokens,
      cached_tokens = ends.cached_tokens, reasoning_tokens = ends.reasoning_tokens, usage_estimated = ends.usage_estimated,
      total_price = ends.total_price, currency = ends.currency, llm_config_id = ends.llm_config_id, model_name = ends.model_name,
      first_token_ms = ends.first_token_ms, total_ms = ends.total_ms, finished_at = now()
  FROM ends WHERE m.id = ends.message_id`;

/** A turn that waits: what came so far, and what another process needs to go on with it; no row where another has taken it. */
export const LET_WAIT = `
  WITH ${rows('steps', STEP_NAMES, STEP_TYPES, 7)},
  waiting AS (
    UPDATE runs SET state = 'waiting_approval', waiting = $3::jsonb
    WHERE id = $1 AND process_id = $2 AND state IN ('running', 'waiting_approval') RETURNING id
  ),
  told AS (
    UPDATE messages SET answer = $5, reasoning = $6 WHERE id = $4 AND EXISTS (SELECT FROM waiting)
  ), ${STEPS}
  SELECT id FROM waiting`;

/** Several turns that were answered before anything was stored of them: nobody follows these, so they have no run. */
export const WHOLE_TURNS = `
  WITH ${rows('starts', START_NAMES, START_TYPES, 1)},
  ${rows('ends', END_NAMES, END_TYPES, 1 + START_TYPES.length)},
  ${rows('steps', STEP_NAMES, STEP_TYPES, 1 + START_TYPES.length + END_TYPES.length)},
  ${rows('files_of_turns', FILE_NAMES, FILE_TYPES, 1 + START_TYPES.length + END_TYPES.length + STEP_TYPES.length)},
  ${SESSIONS}, ${STEPS}, ${FILES}
  INSERT INTO messages (id, session_id, run_id, parent_id, query, answer, reasoning, status, error_kind, error_code, error_detail, prompt_tokens,
    completion_tokens, cached_tokens, reasoning_tokens, usage_estimated, total_price, currency, first_token_ms, total_ms, llm_config_id, model_name, created_at, finished_at)
  SELECT s.message_id, s.session_id, s.run_id, s.parent_id, s.query, e.answer, e.reasoning, e.status, e.error_kind, e.error_code, e.error_detail, e.prompt_tokens,
    e.completion_tokens, e.cached_tokens, e.reasoning_tokens, e.usage_estimated, e.total_price, e.currency, e.first_token_ms, e.total_ms,
    e.llm_config_id, e.model_name,
    s.created_at, now()
  FROM starts s JOIN ends e ON e.message_id = s.message_id`;
