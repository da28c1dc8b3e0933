import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What users call themselves. */
export class NameUsers1764000046000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table users add column name text');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table users drop column name');
  }
}
