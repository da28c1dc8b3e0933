import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Files of end users, and which messages carry them. */
export class CreateFiles1764000042000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table files (
        id uuid primary key,
        app_id uuid not null,
        end_user_id uuid,
        name text not null,
        extension text not null,
        mime_type text not null,
        kind text not null constraint ck_files_kind check (kind in ('image', 'document', 'audio', 'video', 'custom')),
        size integer,
        storage text not null constraint ck_files_storage check (storage in ('disk', 'postgres')),
        secret text not null,
        source_url text,
        created_at timestamptz not null default now(),
        used_at timestamptz not null default now()
      )`);
    await queryRunner.query(`create index idx_files_used on files (used_at)`);
    await queryRunner.query(`
      create table file_chunks (
        file_id uuid not null constraint fk_file_chunks_file references files on delete cascade,
        number integer not null,
        bytes bytea not null,
        primary key (file_id, number)
      )`);
    await queryRunner.query(`
      create table message_files (
        id uuid primary key,
        message_id uuid not null constraint fk_message_files_message references messages on delete cascade,
        session_id uuid not null,
        position integer not null,
        file_id uuid not null constraint fk_message_files_file references files on delete cascade,
        kind text not null,
        transfer_method text not null constraint ck_message_files_transfer check (transfer_method in ('remote_url', 'local_file')),
        text text
      )`);
    await queryRunner.query(`create index idx_message_files_message on message_files (message_id)`);
    await queryRunner.query(`create index idx_message_files_session on message_files (session_id)`);
    await queryRunner.query(`create index idx_message_files_file on message_files (file_id)`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`drop table message_files`);
    await queryRunner.query(`drop table file_chunks`);
    await queryRunner.query(`drop table files`);
  }
}
