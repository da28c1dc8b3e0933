import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Users are known by an identity provider's own name for them. */
export class CreateUserIdentities1764000031000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table user_identities (
        user_id uuid not null constraint fk_user_identities_user references users (id) on delete cascade,
        issuer text not null,
        subject text not null,
        role_from_claim boolean not null default false,
        created_at timestamptz not null default now(),
        constraint pk_user_identities primary key (user_id, issuer),
        constraint uq_user_identities_issuer_subject unique (issuer, subject)
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table user_identities');
  }
}
