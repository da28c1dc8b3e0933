import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who changed what, when and by which request. */
export class CreateAuditLog1764000002000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table audit_log (
        seq bigint generated always as identity primary key,
        at timestamptz not null default now(),
        actor_kind text not null,
        actor_id uuid,
        actor_name text,
        credential text,
        address text,
        request_id uuid,
        action text not null,
        target_type text not null,
        target_id text,
        target_name text,
        before jsonb,
        after jsonb,
        refused boolean not null default false
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table audit_log');
  }
}
