import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Apps suggest questions after an answer, unless somebody switches that off; before, none could. */
export class SuggestQuestions1764000043000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`alter table apps alter column suggests_after_answer set default true`);
    await queryRunner.query(`update apps set suggests_after_answer = true`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`alter table apps alter column suggests_after_answer set default false`);
    await queryRunner.query(`update apps set suggests_after_answer = false`);
  }
}
