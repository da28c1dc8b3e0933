import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The apps that Dify clients talk to, their keys, and the end users those clients name. */
export class CreateDify1764000005000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE apps (
        id uuid PRIMARY KEY,
        name text NOT NULL,
        description text NOT NULL,
        icon text NOT NULL,
        mode text NOT NULL CONSTRAINT ck_apps_mode CHECK (mode IN ('chat', 'agent-chat')),
        llm_config_id uuid,
        system_prompt text,
        opening_statement text,
        tools jsonb NOT NULL,
        is_enabled boolean NOT NULL DEFAULT true,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      )`);
    await queryRunner.query(`CREATE INDEX idx_apps_llm_config ON apps (llm_config_id)`);
    await queryRunner.query(`
      CREATE TABLE app_keys (
        id uuid PRIMARY KEY,
        app_id uuid NOT NULL CONSTRAINT fk_app_keys_app REFERENCES apps (id) ON DELETE CASCADE,
        name text NOT NULL,
        key_hash bytea NOT NULL CONSTRAINT uq_app_keys_hash UNIQUE,
        last_four text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        last_used_at timestamptz,
        expires_at timestamptz,
        revoked_at timestamptz
      )`);
    await queryRunner.query(`CREATE INDEX idx_app_keys_app ON app_keys (app_id)`);
    await queryRunner.query(`
      CREATE TABLE end_users (
        id uuid PRIMARY KEY,
        app_id uuid NOT NULL CONSTRAINT fk_end_users_app REFERENCES apps (id) ON DELETE CASCADE,
        session_id text NOT NULL,
        is_anonymous boolean NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT uq_end_users_session UNIQUE (app_id, session_id)
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of ['end_users', 'app_keys', 'apps']) await queryRunner.query(`DROP TABLE ${table}`);
  }
}
