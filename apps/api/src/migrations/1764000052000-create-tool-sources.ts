import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The systems that tools may reach. */
export class CreateToolSources1764000052000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table tool_sources (
        id uuid primary key,
        name text not null,
        kind text not null,
        description text not null,
        environment text not null,
        settings jsonb not null,
        secrets text,
        secret_names text[] not null,
        is_active boolean not null,
        last_test jsonb,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        deleted_at timestamptz
      )`);
    await queryRunner.query(`create unique index uq_tool_sources_name on tool_sources (name) where deleted_at is null`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`drop table tool_sources`);
  }
}
