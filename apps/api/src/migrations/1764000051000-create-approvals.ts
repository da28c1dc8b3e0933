import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tool calls that somebody has to allow, and results too big for a model; a waiting run holds what another process needs to go on. */
export class CreateApprovals1764000051000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table approvals (
        id uuid primary key,
        run_id uuid not null,
        message_id uuid not null constraint fk_approvals_message references messages (id) on delete cascade,
        session_id uuid not null,
        step_id uuid not null constraint uq_approvals_step unique,
        tool text not null,
        label jsonb not null,
        arguments text not null,
        original_arguments text,
        arguments_hash text not null,
        target text not null,
        environment text,
        risk text not null,
        summary text not null,
        preview text,
        rollback text,
        reason text not null,
        requested_by_id uuid,
        requested_by text,
        state text not null constraint ck_approvals_state
          check (state in ('pending', 'approved', 'rejected', 'edited', 'expired', 'cancelled')),
        outcome text not null default 'not_started' constraint ck_approvals_outcome
          check (outcome in ('not_started', 'started', 'finished', 'unknown', 'acknowledged')),
        decided_by_id uuid,
        decided_by text,
        decided_at timestamptz,
        decision_reason text,
        acknowledged_by_id uuid,
        acknowledged_by text,
        acknowledged_at timestamptz,
        acknowledge_note text,
        created_at timestamptz not null default now(),
        expires_at timestamptz not null
      )`);
    await queryRunner.query(`create index idx_approvals_run on approvals (run_id)`);
    await queryRunner.query(`create index idx_approvals_message on approvals (message_id)`);
    await queryRunner.query(`create index idx_approvals_created on approvals (created_at)`);
    await queryRunner.query(`create index idx_approvals_pending on approvals (expires_at) where state = 'pending'`);

    // No foreign key: the session of a turn that is answered in one piece is stored after its tools have run.
    await queryRunner.query(`
      create table artifacts (
        id uuid primary key,
        session_id uuid not null,
        message_id uuid not null,
        step_id uuid not null,
        mime text not null,
        bytes integer not null,
        lines integer not null,
        created_at timestamptz not null default now()
      )`);
    await queryRunner.query(`create index idx_artifacts_session on artifacts (session_id)`);
    await queryRunner.query(`
      create table artifact_chunks (
        artifact_id uuid not null constraint fk_artifact_chunks_artifact references artifacts (id) on delete cascade,
        position integer not null,
        first_line integer not null,
        lines integer not null,
        text text not null,
        constraint pk_artifact_chunks primary key (artifact_id, position)
      )`);
    await queryRunner.query(`
      create function delete_artifacts_of_session() returns trigger language plpgsql as $$
      begin
        delete from artifacts where session_id = old.id;
        return null;
      end $$`);
    await queryRunner.query(`
      create trigger delete_artifacts_of_session after delete on user_sessions
        for each row execute function delete_artifacts_of_session()`);

    await queryRunner.query(`
      alter table agent_steps add column reasoning text not null default '', add column artifact_id uuid`);
    await queryRunner.query(`alter table runs add column waiting jsonb`);
    await queryRunner.query(`
      alter table apps add column dangerous_calls text not null default 'refuse'
        constraint ck_apps_dangerous_calls check (dangerous_calls in ('refuse', 'wait'))`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`alter table apps drop column dangerous_calls`);
    await queryRunner.query(`alter table runs drop column waiting`);
    await queryRunner.query(`alter table agent_steps drop column reasoning, drop column artifact_id`);
    await queryRunner.query(`drop trigger delete_artifacts_of_session on user_sessions`);
    await queryRunner.query(`drop function delete_artifacts_of_session()`);
    await queryRunner.query(`drop table artifact_chunks`);
    await queryRunner.query(`drop table artifacts`);
    await queryRunner.query(`drop table approvals`);
  }
}
