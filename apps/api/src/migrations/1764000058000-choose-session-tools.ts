import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which tools a session may use. */
export class ChooseSessionTools1764000058000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table user_sessions add column tools text[]');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table user_sessions drop column tools');
  }
}
