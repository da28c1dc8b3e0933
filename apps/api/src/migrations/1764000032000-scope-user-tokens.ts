import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a personal token may be used for, and what it begins with; tokens made before keep everything. */
export class ScopeUserTokens1764000032000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table user_tokens
        add scopes text[] not null default '{all}',
        add prefix text not null default 'ops-'`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table user_tokens drop scopes, drop prefix');
  }
}
