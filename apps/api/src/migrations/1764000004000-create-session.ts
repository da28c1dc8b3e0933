import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Conversations of every wire, their messages and tool steps, and the runs that make the answers. */
export class CreateSession1764000004000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE user_sessions (
        id uuid PRIMARY KEY,
        owner_id uuid CONSTRAINT fk_user_sessions_owner REFERENCES users (id) ON DELETE CASCADE,
        user_id text,
        app_id uuid,
        end_user_id uuid,
        channel text NOT NULL CONSTRAINT ck_user_sessions_channel CHECK (channel IN ('console', 'api', 'dify')),
        name text NOT NULL DEFAULT '',
        llm_config_id uuid,
        inputs jsonb NOT NULL DEFAULT '{}',
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        deleted_at timestamptz
      )`);
    await queryRunner.query(
      `CREATE INDEX idx_user_sessions_owner ON user_sessions (owner_id, updated_at) WHERE deleted_at IS NULL`,
    );
    await queryRunner.query(
      `CREATE INDEX idx_user_sessions_end_user ON user_sessions (end_user_id, updated_at) WHERE deleted_at IS NULL`,
    );
    await queryRunner.query(`CREATE INDEX idx_user_sessions_llm_config ON user_sessions (llm_config_id)`);
    await queryRunner.query(`
      CREATE TABLE messages (
        id uuid PRIMARY KEY,
        seq bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
        session_id uuid NOT NULL CONSTRAINT fk_messages_session REFERENCES user_sessions (id) ON DELETE CASCADE,
        run_id uuid NOT NULL,
        parent_id uuid,
        version integer NOT NULL DEFAULT 1,
        query text NOT NULL,
        answer text NOT NULL DEFAULT '',
        reasoning text NOT NULL DEFAULT '',
        status text NOT NULL CONSTRAINT ck_messages_status CHECK (status IN ('running', 'finished', 'stopped', 'failed')),
        error_kind text,
        error_code text,
        error_detail text,
        prompt_tokens integer,
        completion_tokens integer,
        cached_tokens integer,
        reasoning_tokens integer,
        usage_estimated boolean,
        total_price numeric(20, 10),
        currency text,
        first_token_ms real,
        total_ms real,
        llm_config_id uuid NOT NULL,
        model_name text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        finished_at timestamptz
      )`);
    await queryRunner.query(`CREATE INDEX idx_messages_session ON messages (session_id, seq)`);
    await queryRunner.query(`
      CREATE TABLE agent_steps (
        id uuid PRIMARY KEY,
        message_id uuid NOT NULL CONSTRAINT fk_agent_steps_message REFERENCES messages (id) ON DELETE CASCADE,
        position integer NOT NULL,
        round integer NOT NULL,
        thought text NOT NULL,
        tool text NOT NULL,
        label jsonb NOT NULL,
        input text NOT NULL,
        observation text NOT NULL,
        risk text NOT NULL,
        state text NOT NULL,
        started_at timestamptz NOT NULL,
        finished_at timestamptz,
        CONSTRAINT uq_agent_steps_position UNIQUE (message_id, position)
      )`);
    await queryRunner.query(`
      CREATE TABLE runs (
        id uuid PRIMARY KEY,
        message_id uuid NOT NULL CONSTRAINT fk_runs_message REFERENCES messages (id) ON DELETE CASCADE,
        session_id uuid NOT NULL,
        process_id uuid NOT NULL,
        state text NOT NULL CONSTRAINT ck_runs_state CHECK (state IN ('running', 'waiting_approval', 'finished', 'stopped', 'failed')),
        lease_until timestamptz NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        ended_at timestamptz
      )`);
    await queryRunner.query(`CREATE INDEX idx_runs_message ON runs (message_id)`);
    await queryRunner.query(
      `CREATE INDEX idx_runs_live ON runs (session_id) WHERE state IN ('running', 'waiting_approval')`,
    );
    await queryRunner.query(`CREATE INDEX idx_runs_ended ON runs (ended_at) WHERE ended_at IS NOT NULL`);
    await queryRunner.query(`
      CREATE TABLE run_events (
        run_id uuid NOT NULL CONSTRAINT fk_run_events_run REFERENCES runs (id) ON DELETE CASCADE,
        first_seq integer NOT NULL,
        last_seq integer NOT NULL,
        events text NOT NULL,
        CONSTRAINT pk_run_events PRIMARY KEY (run_id, first_seq)
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of ['run_events', 'runs', 'agent_steps', 'messages', 'user_sessions'])
      await queryRunner.query(`DROP TABLE ${table}`);
  }
}
