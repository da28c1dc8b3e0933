import type { MigrationInterface, QueryRunner } from 'typeorm';

const TEXT = 'audit_text(actor_name, target_name, address, action)';

/**
 * A page of a million entries comes at once, whatever is asked for. A part of a word is found by the groups of three
 * characters it has; that needs no extension, which a server that others run may not have.
 */
export class IndexAuditLog1764000047000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create function audit_text(actor text, target text, address text, action text) returns text
      language sql immutable parallel safe as $$
        select lower(coalesce(actor, '') || chr(10) || coalesce(target, '') || chr(10) || coalesce(address, '') || chr(10) || action)
      $$`);
    await queryRunner.query(`
      create function audit_groups(value text) returns tsvector language sql immutable parallel safe cost 1000 as $$
        select array_to_tsvector(array_agg(distinct substr(value, n, 3))) from generate_series(1, length(value)) n
      $$`);
    // Every third group and the last one have all characters; two characters or one begin a group.
    await queryRunner.query(`
      create function audit_groups_asked(value text) returns tsquery language sql immutable parallel safe as $$
        select string_agg(
          distinct '''' || replace(replace(substr(value, n, 3), '\\', '\\\\'), '''', '''''') || ''''
            || case when length(value) < 3 then ':*' else '' end, ' & ')::tsquery
        from generate_series(1, length(value) + 2, 3) step, least(step, greatest(length(value) - 2, 1)) n
      $$`);
    await queryRunner.query(`create statistics audit_log_text on (${TEXT}) from audit_log`);
    await queryRunner.query(`create index idx_audit_log_search on audit_log using gin (audit_groups(${TEXT}))`);
    await queryRunner.query('drop index idx_audit_log_at');
    await queryRunner.query('drop index idx_audit_log_target');
    await queryRunner.query('create index idx_audit_log_at on audit_log (at, seq)');
    await queryRunner.query('create index idx_audit_log_actor on audit_log (actor_id, seq)');
    await queryRunner.query('create index idx_audit_log_action on audit_log (action, seq)');
    await queryRunner.query('create index idx_audit_log_target on audit_log (target_id, seq)');
    await queryRunner.query('create index idx_audit_log_target_type on audit_log (target_type, seq)');
    await queryRunner.query('create index idx_audit_log_refused on audit_log (seq) where refused');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const index of ['refused', 'target_type', 'target', 'action', 'actor', 'at', 'search'])
      await queryRunner.query(`drop index idx_audit_log_${index}`);
    await queryRunner.query('create index idx_audit_log_at on audit_log (at)');
    await queryRunner.query('create index idx_audit_log_target on audit_log (target_type, target_id)');
    await queryRunner.query('drop statistics audit_log_text');
    await queryRunner.query('drop function audit_groups_asked');
    await queryRunner.query('drop function audit_groups');
    await queryRunner.query('drop function audit_text');
  }
}
