import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Answers that were written beforehand, for questions like theirs. */
export class CreateAnnotations1764000044000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table annotations (
        id uuid primary key,
        app_id uuid not null constraint fk_annotations_app references apps (id) on delete cascade,
        question text not null,
        answer text not null,
        hit_count integer not null default 0,
        vector bytea,
        vector_space text,
        created_at timestamptz not null default now()
      )`);
    await queryRunner.query(`create index idx_annotations_app on annotations (app_id, created_at)`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`drop table annotations`);
  }
}
