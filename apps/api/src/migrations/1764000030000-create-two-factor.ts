import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A user may ask for a second proof beside the password: codes of an authenticator app, and codes for the day it is lost. */
export class CreateTwoFactor1764000030000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table user_totp (
        user_id uuid constraint pk_user_totp primary key
          constraint fk_user_totp_user references users (id) on delete cascade,
        secret text not null,
        confirmed_at timestamptz,
        last_step integer,
        created_at timestamptz not null default now()
      )`);
    await queryRunner.query(`
      create table user_recovery_codes (
        user_id uuid constraint fk_user_recovery_codes_totp references user_totp (user_id) on delete cascade,
        code_hash bytea,
        constraint pk_user_recovery_codes primary key (user_id, code_hash)
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table user_recovery_codes');
    await queryRunner.query('drop table user_totp');
  }
}
