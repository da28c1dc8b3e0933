import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A key that is sealed anew is the same key: the row keeps its `updated_at`, which editors compare. */
export class SealingAnewIsNoUpdate1764000009000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTrigger(queryRunner, `and current_setting('opsagent.sealing_anew', true) is distinct from 'on'`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await createTrigger(queryRunner, '');
  }
}

async function createTrigger(queryRunner: QueryRunner, unless: string): Promise<void> {
  await queryRunner.query('drop trigger update_llm_configs_updated_at on llm_configs');
  await queryRunner.query(`
    create trigger update_llm_configs_updated_at before update on llm_configs for each row
    when (
      to_jsonb(old) - '{usage_count,last_used_at,updated_at}'::text[]
      is distinct from to_jsonb(new) - '{usage_count,last_used_at,updated_at}'::text[]
      ${unless}
    )
    execute function update_llm_configs_updated_at()`);
}
