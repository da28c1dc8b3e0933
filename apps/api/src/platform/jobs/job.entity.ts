import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { JobItemState, JobKind, JobState } from '@opsagent/contracts';

/** Work in the background, and the process that does it. */
@Entity('jobs')
@Index('idx_jobs_created', ['createdAt'])
@Check('ck_jobs_state', `state IN ('running', 'finished', 'cancelled', 'interrupted', 'failed')`)
export class JobRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'jobs_pkey' })
  id!: string;

  @Column('text')
  kind!: JobKind;

  @Column('text')
  action!: string;

  @Column('text')
  state!: JobState;

  @Column('uuid')
  processId!: string;

  /** Renewed by the owner; once it has lapsed, the owner is dead. */
  @Column('timestamptz')
  leaseUntil!: Date;

  @Column('boolean', { default: false })
  cancelRequested!: boolean;

  @Column('boolean', { default: false })
  canUndo!: boolean;

  @ForeignKey('JobRow', { name: 'fk_jobs_undo_of', onDelete: 'SET NULL' })
  @Column('uuid', { nullable: true })
  undoOf!: string | null;

  @Column('text', { nullable: true })
  error!: string | null;

  @ForeignKey('User', { name: 'fk_jobs_user', onDelete: 'CASCADE' })
  @Column('uuid', { nullable: true })
  createdBy!: string | null;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { nullable: true })
  finishedAt!: Date | null;
}

/** One item of a job. */
@Entity('job_items')
export class JobItemRow {
  @ForeignKey('JobRow', { name: 'fk_job_items_job', onDelete: 'CASCADE' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_job_items' })
  jobId!: string;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_job_items' })
  position!: number;

  @Column('uuid', { nullable: true })
  targetId!: string | null;

  @Column('text')
  name!: string;

  @Column('text')
  state!: JobItemState;

  @Column('text', { nullable: true })
  detail!: string | null;

  @Column('text', { nullable: true })
  code!: string | null;

  /** What whoever provides the undo of this kind of job needs to put back what changed; null when nothing did. */
  @Column('jsonb', { nullable: true })
  undo!: unknown;
}
