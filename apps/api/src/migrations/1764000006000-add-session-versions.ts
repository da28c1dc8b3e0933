import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Versions of a turn, pinned and archived sessions, and what readers thought of an answer. */
export class AddSessionVersions1764000006000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`ALTER TABLE user_sessions ADD pinned_at timestamptz, ADD archived_at timestamptz`);
    // Which version a message is follows from its siblings.
    await queryRunner.query(`ALTER TABLE messages DROP version`);
    await queryRunner.query(`CREATE INDEX idx_messages_parent ON messages (session_id) WHERE parent_id IS NOT NULL`);
    await queryRunner.query(`
      CREATE TABLE message_feedbacks (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        message_id uuid NOT NULL CONSTRAINT fk_message_feedbacks_message REFERENCES messages (id) ON DELETE CASCADE,
        rating text NOT NULL CONSTRAINT ck_message_feedbacks_rating CHECK (rating IN ('like', 'dislike')),
        content text,
        from_source text NOT NULL CONSTRAINT ck_message_feedbacks_source CHECK (from_source IN ('user', 'admin')),
        user_id uuid CONSTRAINT fk_message_feedbacks_user REFERENCES users (id) ON DELETE CASCADE,
        end_user_id uuid,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT uq_message_feedbacks_author UNIQUE NULLS NOT DISTINCT (message_id, user_id, end_user_id)
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP TABLE message_feedbacks`);
    await queryRunner.query(`DROP INDEX idx_messages_parent`);
    await queryRunner.query(`ALTER TABLE messages ADD version integer NOT NULL DEFAULT 1`);
    await queryRunner.query(`ALTER TABLE user_sessions DROP pinned_at, DROP archived_at`);
  }
}
