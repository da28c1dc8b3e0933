import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who may use a configuration: everybody, some roles or some users. */
export class LimitLlmConfigs1764000033000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table llm_config_options
        add column access_scope text not null default 'all'
          constraint ck_llm_config_options_access_scope check (access_scope in ('all', 'roles', 'users')),
        add column access_roles text[] not null default '{}',
        add column access_user_ids uuid[] not null default '{}'`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table llm_config_options
        drop column access_scope, drop column access_roles, drop column access_user_ids`);
  }
}
