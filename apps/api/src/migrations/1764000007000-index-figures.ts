import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the overview reads: the answers of a span of time, and the newest changes among the many entries of use. */
export class IndexFigures1764000007000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('CREATE INDEX idx_messages_created ON messages (created_at)');
    await queryRunner.query(`
      CREATE INDEX idx_audit_log_changes ON audit_log (seq)
      WHERE NOT refused AND action !~ '^(auth|session)[.]|[.]test$'`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX idx_audit_log_changes');
    await queryRunner.query('DROP INDEX idx_messages_created');
  }
}
