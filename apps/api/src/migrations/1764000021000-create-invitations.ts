import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A user who was invited, or whose password is to be chosen anew, proves by a secret who they are. */
export class CreateInvitations1764000021000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table user_invitations (
        user_id uuid constraint pk_user_invitations primary key
          constraint fk_user_invitations_user references users (id) on delete cascade,
        token_hash bytea not null constraint uq_user_invitations_token_hash unique,
        expires_at timestamptz not null,
        created_at timestamptz not null default now()
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table user_invitations');
  }
}
