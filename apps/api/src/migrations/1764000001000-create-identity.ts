import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Accounts, the console's sign-ins and personal tokens. */
export class CreateIdentity1764000001000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table users (
        id uuid primary key default gen_random_uuid(),
        email text not null,
        password_hash text,
        role text not null constraint ck_users_role check (role in ('viewer', 'operator', 'approver', 'admin', 'auditor')),
        is_active boolean not null default true,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        last_seen_at timestamptz
      )`);
    await queryRunner.query('create unique index uq_users_email on users (lower(email))');
    await queryRunner.query(`
      create table sign_ins (
        id uuid primary key default gen_random_uuid(),
        user_id uuid not null constraint fk_sign_ins_user references users (id) on delete cascade,
        token_hash bytea not null constraint uq_sign_ins_token_hash unique,
        created_at timestamptz not null default now(),
        expires_at timestamptz not null,
        user_agent text,
        address text
      )`);
    await queryRunner.query('create index idx_sign_ins_user_id on sign_ins (user_id)');
    await queryRunner.query(`
      create table user_tokens (
        id uuid primary key default gen_random_uuid(),
        user_id uuid not null constraint fk_user_tokens_user references users (id) on delete cascade,
        name text not null,
        token_hash bytea not null constraint uq_user_tokens_token_hash unique,
        last_four text not null,
        created_at timestamptz not null default now(),
        last_used_at timestamptz,
        expires_at timestamptz
      )`);
    await queryRunner.query('create index idx_user_tokens_user_id on user_tokens (user_id)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table user_tokens');
    await queryRunner.query('drop table sign_ins');
    await queryRunner.query('drop table users');
  }
}
