import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What `rate-limiter-flexible` counts, for all processes; the form of the table is its own. */
export class CreateRateLimits1764000022000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table rate_limits (
        key varchar(255) constraint pk_rate_limits primary key,
        points integer not null default 0,
        expire bigint
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table rate_limits');
  }
}
