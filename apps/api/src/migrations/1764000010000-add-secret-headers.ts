import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = ['llm_config_options', 'llm_config_revisions'];

/**
 * The values of headers that carry credentials, sealed together; `extra_config` only says that they are there.
 * A change of the options alone is an update of the configuration as well: editors compare its `updated_at`.
 */
export class AddSecretHeaders1764000010000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const table of TABLES) await queryRunner.query(`ALTER TABLE ${table} ADD COLUMN secret_headers text`);
    await queryRunner.query(`
      create function update_llm_config_of_options() returns trigger language plpgsql as $$
      begin
        update llm_configs
           set updated_at = greatest(clock_timestamp(), updated_at + interval '1 millisecond')
         where id = new.llm_config_id;
        return null;
      end $$`);
    await queryRunner.query(`
      create trigger update_llm_config_of_options after update on llm_config_options for each row
      when (
        to_jsonb(old) is distinct from to_jsonb(new)
        and current_setting('opsagent.sealing_anew', true) is distinct from 'on'
      )
      execute function update_llm_config_of_options()`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop trigger update_llm_config_of_options on llm_config_options');
    await queryRunner.query('drop function update_llm_config_of_options');
    for (const table of TABLES) await queryRunner.query(`ALTER TABLE ${table} DROP COLUMN secret_headers`);
  }
}
