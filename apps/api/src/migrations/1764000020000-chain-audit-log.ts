import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Entries carry a hash over themselves and the one before; the head says which is the last. Entries are only ever added.
 * Those from before have no hash: no key was there to make one with.
 */
export class ChainAuditLog1764000020000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table audit_log alter column seq drop identity, add column hash bytea');
    await queryRunner.query(`
      create table audit_head (
        id boolean constraint pk_audit_head primary key default true constraint ck_audit_head_id check (id),
        seq bigint not null,
        hash bytea not null,
        mac bytea,
        sealed_key text
      )`);
    await queryRunner.query(`
      insert into audit_head (seq, hash) select coalesce(max(seq), 0), decode(repeat('00', 32), 'hex') from audit_log`);
    await queryRunner.query(`
      create function refuse_audit_log_change() returns trigger language plpgsql as $$
      begin
        raise exception 'entries of the audit log are only added';
      end $$`);
    await queryRunner.query(`
      create trigger refuse_audit_log_change before update or delete or truncate on audit_log
      for each statement execute function refuse_audit_log_change()`);
    await queryRunner.query('create index idx_audit_log_at on audit_log (at)');
    await queryRunner.query('create index idx_audit_log_target on audit_log (target_type, target_id)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop trigger refuse_audit_log_change on audit_log');
    await queryRunner.query('drop function refuse_audit_log_change');
    await queryRunner.query('drop table audit_head');
    await queryRunner.query('drop index idx_audit_log_at');
    await queryRunner.query('drop index idx_audit_log_target');
    await queryRunner.query('alter table audit_log drop column hash');
    await queryRunner.query('alter table audit_log alter column seq add generated always as identity');
    await queryRunner.query(
      `select setval(pg_get_serial_sequence('audit_log', 'seq'), greatest((select max(seq) from audit_log), 1))`,
    );
  }
}
