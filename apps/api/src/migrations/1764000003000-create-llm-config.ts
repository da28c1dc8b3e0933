import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Model configurations: the 22 columns of the older system, at most one default per kind. */
export class CreateLlmConfig1764000003000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table llm_configs (
        id uuid primary key default gen_random_uuid(),
        name varchar(100) not null,
        provider varchar(50) not null,
        model_name varchar(200) not null,
        api_key text,
        base_url varchar(500),
        max_tokens integer,
        temperature double precision,
        top_p double precision,
        frequency_penalty double precision,
        presence_penalty double precision,
        description text,
        is_active boolean not null default true,
        is_default boolean not null default false,
        is_embedding boolean not null default false,
        extra_config jsonb,
        usage_count bigint not null default 0,
        last_used_at timestamptz,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        created_by uuid constraint llm_configs_created_by_fkey references users (id) on delete set null,
        updated_by uuid constraint llm_configs_updated_by_fkey references users (id) on delete set null
      )`);
    await queryRunner.query('create unique index uq_llm_configs_name on llm_configs (lower(name))');
    await queryRunner.query('create index idx_llm_configs_provider on llm_configs (provider)');
    await queryRunner.query('create index idx_llm_configs_is_active on llm_configs (is_active)');
    await queryRunner.query('create index idx_llm_configs_is_default on llm_configs (is_default)');
    await queryRunner.query('create index idx_llm_configs_is_embedding on llm_configs (is_embedding)');
    await queryRunner.query(
      'create unique index uq_llm_configs_default on llm_configs (is_embedding) where is_default',
    );
    await createTrigger(queryRunner);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table llm_configs');
    await queryRunner.query('drop function update_llm_configs_updated_at');
  }
}

/**
 * `updated_at` moves by a millisecond at least, because callers compare it in milliseconds to notice stale edits.
 * Counting a use, or writing the values that are there already, is no update.
 */
async function createTrigger(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
    create function update_llm_configs_updated_at() returns trigger language plpgsql as $$
    begin
      new.updated_at := greatest(clock_timestamp(), old.updated_at + interval '1 millisecond');
      return new;
    end $$`);
  await queryRunner.query(`
    create trigger update_llm_configs_updated_at before update on llm_configs for each row
    when (
      to_jsonb(old) - '{usage_count,last_used_at,updated_at}'::text[]
      is distinct from to_jsonb(new) - '{usage_count,last_used_at,updated_at}'::text[]
    )
    execute function update_llm_configs_updated_at()`);
}
