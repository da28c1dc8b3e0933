import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The MCP servers whose tools extend those of the agent. */
export class CreateMcpServers1764000062000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table mcp_servers (
        id uuid primary key,
        name text not null,
        description text not null,
        environment text not null,
        transport text not null,
        url text,
        command text,
        args text[] not null,
        secrets text,
        header_names text[] not null,
        variable_names text[] not null,
        is_active boolean not null,
        last_test jsonb,
        tools jsonb not null,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        deleted_at timestamptz
      )`);
    await queryRunner.query(`create unique index uq_mcp_servers_name on mcp_servers (name) where deleted_at is null`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`drop table mcp_servers`);
  }
}
