import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Runbooks, and their sections as they are found: by tokens that we make, since PostgreSQL knows no words of Chinese. */
export class CreateRunbooks1764000061000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table runbooks (
        id uuid primary key,
        title text not null,
        tags text[] not null,
        body text not null,
        source_name text,
        is_active boolean not null,
        created_by uuid constraint fk_runbooks_created_by references users (id) on delete set null,
        updated_by uuid constraint fk_runbooks_updated_by references users (id) on delete set null,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        deleted_at timestamptz
      )`);
    await queryRunner.query(
      `create unique index uq_runbooks_source_name on runbooks (source_name) where deleted_at is null`,
    );
    await queryRunner.query(`create index idx_runbooks_updated_at on runbooks (updated_at) where deleted_at is null`);
    await queryRunner.query(`
      create table runbook_sections (
        runbook_id uuid not null constraint fk_runbook_sections_runbook references runbooks (id) on delete cascade,
        position integer not null,
        path text[] not null,
        text text not null,
        is_active boolean not null,
        heading_tokens tsvector not null,
        tokens tsvector not null,
        primary key (runbook_id, position)
      )`);
    // Without a list of pending entries, which every search would have to go through.
    await queryRunner.query(
      `create index idx_runbook_sections_tokens on runbook_sections using gin (tokens) with (fastupdate = off)`,
    );
    await queryRunner.query(
      `create index idx_runbook_sections_heading_tokens on runbook_sections using gin (heading_tokens) with (fastupdate = off)`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`drop table runbook_sections`);
    await queryRunner.query(`drop table runbooks`);
  }
}
