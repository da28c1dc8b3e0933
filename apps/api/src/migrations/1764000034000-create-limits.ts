import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Limits, what counts against them, and how much was used in each hour: this month's is taken from the messages. */
export class CreateLimits1764000034000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table limits (
        kind text constraint ck_limits_kind check (kind in ('app', 'app_key', 'user', 'role', 'llm_config')),
        subject text,
        requests_per_minute integer,
        concurrent_runs integer,
        tokens_per_day bigint,
        tokens_per_month bigint,
        cost_per_day numeric(20, 6),
        cost_per_month numeric(20, 6),
        currency text,
        soft_percent integer not null default 80,
        updated_at timestamptz not null default now(),
        constraint pk_limits primary key (kind, subject)
      )`);
    await queryRunner.query(`
      create table run_slots (
        kind text,
        subject text,
        run_id uuid,
        lease_until timestamptz not null,
        constraint pk_run_slots primary key (kind, subject, run_id)
      )`);
    await queryRunner.query(`create index idx_run_slots_run on run_slots (run_id)`);
    await queryRunner.query(`
      create table usage_hourly (
        hour timestamptz,
        owner_kind text,
        owner_id uuid,
        llm_config_id uuid,
        currency text,
        answers integer not null,
        prompt_tokens bigint not null,
        completion_tokens bigint not null,
        cost numeric(24, 10) not null,
        unpriced_answers integer not null,
        constraint pk_usage_hourly primary key (hour, owner_kind, owner_id, llm_config_id, currency)
      )`);
    await queryRunner.query(`
      create table limit_notices (
        kind text,
        subject text,
        name text,
        level text,
        period_start timestamptz,
        constraint pk_limit_notices primary key (kind, subject, name, level, period_start)
      )`);
    await queryRunner.query(`
      insert into usage_hourly
      select date_trunc('hour', m.finished_at, 'UTC'), case when s.app_id is null then 'user' else 'app' end, coalesce(s.app_id, s.owner_id),
             m.llm_config_id, coalesce(m.currency, ''), count(*), sum(m.prompt_tokens), sum(coalesce(m.completion_tokens, 0)),
             coalesce(sum(m.total_price), 0), count(*) filter (where m.total_price is null)
        from messages m join user_sessions s on s.id = m.session_id
       where m.finished_at >= date_trunc('month', now(), 'UTC') and m.prompt_tokens is not null
         and coalesce(s.app_id, s.owner_id) is not null
       group by 1, 2, 3, 4, 5`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table limit_notices, usage_hourly, run_slots, limits');
  }
}
