import { Flag, Id, ListOf, Moment, OneOf, Text, Whole } from '../field/fields.js';
import { oneOfSet, type ValueOf } from '../field/facts.js';

/** Which work a job does. */
export const JOB_KIND = oneOfSet('JobKind', ['llm_config_bulk', 'llm_config_import', 'annotation_reply']);
export type JobKind = ValueOf<typeof JOB_KIND>;

/** Where a job stands. `interrupted`: its process ended in the middle. */
export const JOB_STATE = oneOfSet('JobState', ['running', 'finished', 'cancelled', 'interrupted', 'failed']);
export type JobState = ValueOf<typeof JOB_STATE>;

/** Where one item of a job stands. */
export const JOB_ITEM_STATE = oneOfSet('JobItemState', ['waiting', 'running', 'passed', 'failed', 'skipped']);
export type JobItemState = ValueOf<typeof JOB_ITEM_STATE>;

/** One item of a job and what came of it. */
export class JobItemDto {
  @Id({ nullable: true, description: 'What it is about; null when nothing came of it.' })
  target_id!: string | null;

  @Text({ description: 'The name of what it is about.' })
  name!: string;

  @OneOf(JOB_ITEM_STATE, { description: 'Where it stands.' })
  state!: JobItemState;

  @Text({ nullable: true, description: 'What came of it, or why it failed or was left out.' })
  detail!: string | null;

  @Text({ nullable: true, description: 'A stable code of the failure, for programs.' })
  code!: string | null;
}

/** Work in the background, without its items. */
export class JobSummaryDto {
  @Id({ description: 'Names the job.' })
  id!: string;

  @OneOf(JOB_KIND, { description: 'Which work.' })
  kind!: JobKind;

  @Text({ description: 'Which action of that work.', example: 'disable' })
  action!: string;

  @OneOf(JOB_STATE, { description: 'Where it stands.' })
  state!: JobState;

  @Whole({ min: 0, description: 'How many items there are.' })
  total!: number;

  @Whole({ min: 0, description: 'How many are over, whatever came of them.' })
  done!: number;

  @Whole({ min: 0, description: 'Of these, how many failed.' })
  failed!: number;

  @Flag({ description: 'What it changed can be put back as a whole.' })
  can_undo!: boolean;

  @Id({ nullable: true, description: 'The job whose changes this one put back.' })
  undo_of!: string | null;

  @Text({ nullable: true, description: 'Why the job as a whole failed.' })
  error!: string | null;

  @Moment({ description: 'When it began.' })
  created_at!: string;

  @Moment({ nullable: true, description: 'When it ended.' })
  finished_at!: string | null;
}

/** Work in the background. */
export class JobDto extends JobSummaryDto {
  @ListOf(() => JobItemDto, { description: 'Every item, in order.' })
  items!: JobItemDto[];
}

/** The latest jobs of whoever asks, newest first. */
export class JobListDto {
  @ListOf(() => JobSummaryDto, { description: 'At most 20.' })
  items!: JobSummaryDto[];

  @Whole({ min: 0, description: 'How many are listed.' })
  total!: number;
}
