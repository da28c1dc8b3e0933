import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What stands around a configuration: its options, tests, revisions and templates, and jobs for work on many of them.
 * Tests and revisions hold no reference to the configuration, because they outlive it until it can no longer be restored.
 */
export class CreateLlmConfigManagement1764000008000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE llm_config_options (
        llm_config_id uuid PRIMARY KEY
          CONSTRAINT fk_llm_config_options_config REFERENCES llm_configs (id) ON DELETE CASCADE,
        tags text[] NOT NULL DEFAULT '{}',
        fallback_ids uuid[] NOT NULL DEFAULT '{}',
        key_changed_at timestamptz
      )`);
    await queryRunner.query(`CREATE INDEX idx_llm_config_options_tags ON llm_config_options USING gin (tags)`);
    await queryRunner.query(`
      INSERT INTO llm_config_options (llm_config_id, key_changed_at)
      SELECT id, CASE WHEN api_key IS NOT NULL THEN updated_at END FROM llm_configs`);
    await queryRunner.query(`
      CREATE TABLE llm_config_tests (
        id uuid PRIMARY KEY,
        llm_config_id uuid NOT NULL,
        at timestamptz NOT NULL DEFAULT now(),
        success boolean NOT NULL,
        message text NOT NULL,
        kind text,
        cause text,
        latency_ms integer NOT NULL,
        first_token_ms integer,
        steps jsonb NOT NULL,
        created_by uuid CONSTRAINT fk_llm_config_tests_user REFERENCES users (id) ON DELETE SET NULL
      )`);
    await queryRunner.query(`CREATE INDEX idx_llm_config_tests_config ON llm_config_tests (llm_config_id, at DESC)`);
    await queryRunner.query(`
      CREATE TABLE llm_config_revisions (
        id uuid PRIMARY KEY,
        llm_config_id uuid NOT NULL,
        number integer NOT NULL,
        action text NOT NULL,
        at timestamptz NOT NULL DEFAULT now(),
        created_by uuid CONSTRAINT fk_llm_config_revisions_user REFERENCES users (id) ON DELETE SET NULL,
        state jsonb NOT NULL,
        api_key text,
        changes jsonb NOT NULL,
        CONSTRAINT uq_llm_config_revisions_number UNIQUE (llm_config_id, number)
      )`);
    await queryRunner.query(
      `CREATE INDEX idx_llm_config_revisions_deleted ON llm_config_revisions (at) WHERE action = 'delete'`,
    );
    await queryRunner.query(`
      CREATE TABLE llm_config_templates (
        id uuid PRIMARY KEY,
        name varchar(100) NOT NULL,
        description text,
        "values" jsonb NOT NULL,
        created_by uuid CONSTRAINT fk_llm_config_templates_user REFERENCES users (id) ON DELETE SET NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      )`);
    await queryRunner.query(`CREATE UNIQUE INDEX uq_llm_config_templates_name ON llm_config_templates (lower(name))`);
    await createJobs(queryRunner);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of [
      'job_items',
      'jobs',
      'llm_config_templates',
      'llm_config_revisions',
      'llm_config_tests',
      'llm_config_options',
    ])
      await queryRunner.query(`DROP TABLE ${table}`);
  }
}

/** A job belongs to the process that runs it: when its lease has lapsed, the process is gone and the job interrupted. */
async function createJobs(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
    CREATE TABLE jobs (
      id uuid PRIMARY KEY,
      kind text NOT NULL,
      action text NOT NULL,
      state text NOT NULL
        CONSTRAINT ck_jobs_state CHECK (state IN ('running', 'finished', 'cancelled', 'interrupted', 'failed')),
      process_id uuid NOT NULL,
      lease_until timestamptz NOT NULL,
      cancel_requested boolean NOT NULL DEFAULT false,
      can_undo boolean NOT NULL DEFAULT false,
      undo_of uuid CONSTRAINT fk_jobs_undo_of REFERENCES jobs (id) ON DELETE SET NULL,
      error text,
      created_by uuid CONSTRAINT fk_jobs_user REFERENCES users (id) ON DELETE CASCADE,
      created_at timestamptz NOT NULL DEFAULT now(),
      finished_at timestamptz
    )`);
  await queryRunner.query(`CREATE INDEX idx_jobs_created ON jobs (created_at)`);
  await queryRunner.query(`
    CREATE TABLE job_items (
      job_id uuid NOT NULL CONSTRAINT fk_job_items_job REFERENCES jobs (id) ON DELETE CASCADE,
      position integer NOT NULL,
      target_id uuid,
      name text NOT NULL,
      state text NOT NULL,
      detail text,
      code text,
      undo jsonb,
      CONSTRAINT pk_job_items PRIMARY KEY (job_id, position)
    )`);
}
