import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** An answer being made, and the process that makes it. Blocking turns of the Dify wire have none. */
@Entity('runs')
@Index('idx_runs_message', ['messageId'])
@Index('idx_runs_live', ['sessionId'], { where: `state IN ('running', 'waiting_approval')` })
@Index('idx_runs_ended', ['endedAt'], { where: 'ended_at IS NOT NULL' })
@Check('ck_runs_state', `state IN ('running', 'waiting_approval', 'finished', 'stopped', 'failed')`)
export class RunRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'runs_pkey' })
  id!: string;

  @Column('uuid')
  @ForeignKey('Message', { name: 'fk_runs_message', onDelete: 'CASCADE' })
  messageId!: string;

  @Column('uuid')
  sessionId!: string;

  @Column('uuid')
  processId!: string;

  @Column('text')
  state!: 'running' | 'waiting_approval' | 'finished' | 'stopped' | 'failed';

  /** Renewed by the owner; once it has lapsed, the owner is dead. */
  @Column('timestamptz')
  leaseUntil!: Date;

  /** While it waits for an approval: what another process needs to go on with it. */
  @Column('jsonb', { nullable: true })
  waiting!: object | null;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { nullable: true })
  endedAt!: Date | null;
}

/** Events of a run, several to a row so that a long answer costs few writes. */
@Entity('run_events')
export class RunEventsRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_run_events' })
  @ForeignKey('RunRow', { name: 'fk_run_events_run', onDelete: 'CASCADE' })
  runId!: string;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_run_events' })
  firstSeq!: number;

  @Column('integer')
  lastSeq!: number;

  /** A JSON list; text, because jsonb refuses the NUL characters a model may write. */
  @Column('text')
  events!: string;
}
