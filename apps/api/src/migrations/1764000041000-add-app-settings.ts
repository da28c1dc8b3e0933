import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What an app offers its clients beyond a model and a prompt. */
export class AddAppSettings1764000041000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table apps
        add column icon_background text not null default '#D5F5F6',
        add column suggested_questions jsonb not null default '[]',
        add column suggests_after_answer boolean not null default false,
        add column input_form jsonb not null default '[]',
        add column file_upload jsonb not null default '{"enabled": false, "allowed_file_types": ["image", "document"],
          "allowed_file_extensions": [], "allowed_file_upload_methods": ["remote_url", "local_file"], "number_limits": 3}',
        add column annotation_reply jsonb not null default '{"enabled": false, "score_threshold": 0.9, "llm_config_id": null}',
        add column speech_to_text jsonb not null default '{"enabled": false, "llm_config_id": null, "model": ""}',
        add column text_to_speech jsonb not null default '{"enabled": false, "llm_config_id": null, "model": "",
          "voice": "", "language": "", "auto_play": false}',
        add column retention_days integer,
        add column deleted_at timestamptz`);
    // The apps that were there have them now; a new app says what it wants.
    await queryRunner.query(`
      alter table apps
        alter column file_upload drop default, alter column annotation_reply drop default,
        alter column speech_to_text drop default, alter column text_to_speech drop default`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table apps
        drop column icon_background, drop column suggested_questions, drop column suggests_after_answer,
        drop column input_form, drop column file_upload, drop column annotation_reply, drop column speech_to_text,
        drop column text_to_speech, drop column retention_days, drop column deleted_at`);
  }
}
