import type { ApprovalOutcome, ApprovalState, ToolRisk } from '@opsagent/contracts';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';

/** A tool call that somebody has to allow, and the journal of what became of it. */
@Entity('approvals')
@Unique('uq_approvals_step', ['stepId'])
@Index('idx_approvals_run', ['runId'])
@Index('idx_approvals_message', ['messageId'])
@Index('idx_approvals_created', ['createdAt'])
@Index('idx_approvals_pending', ['expiresAt'], { where: `state = 'pending'` })
@Check('ck_approvals_state', `state IN ('pending', 'approved', 'rejected', 'edited', 'expired', 'cancelled')`)
@Check('ck_approvals_outcome', `outcome IN ('not_started', 'started', 'finished', 'unknown', 'acknowledged')`)
export class Approval {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'approvals_pkey' })
  id!: string;

  @Column('uuid')
  runId!: string;

  @Column('uuid')
  @ForeignKey('Message', { name: 'fk_approvals_message', onDelete: 'CASCADE' })
  messageId!: string;

  @Column('uuid')
  sessionId!: string;

  @Column('uuid')
  stepId!: string;

  @Column('text')
  tool!: string;

  @Column('jsonb')
  label!: { en: string; zh: string };

  /** JSON text; those that are allowed. */
  @Column('text')
  arguments!: string;

  @Column('text', { nullable: true })
  originalArguments!: string | null;

  @Column('text')
  argumentsHash!: string;

  @Column('text')
  target!: string;

  @Column('text', { nullable: true })
  environment!: string | null;

  @Column('text')
  risk!: ToolRisk;

  @Column('text')
  summary!: string;

  @Column('text', { nullable: true })
  preview!: string | null;

  @Column('text', { nullable: true })
  rollback!: string | null;

  @Column('text')
  reason!: string;

  /** Null for a client of an app. */
  @Column('uuid', { nullable: true })
  requestedById!: string | null;

  @Column('text', { nullable: true })
  requestedBy!: string | null;

  @Column('text')
  state!: ApprovalState;

  /** `started` is committed before the action begins: after a crash it says that nobody knows how far it came. */
  @Column('text', { default: 'not_started' })
  outcome!: ApprovalOutcome;

  @Column('uuid', { nullable: true })
  decidedById!: string | null;

  @Column('text', { nullable: true })
  decidedBy!: string | null;

  @Column('timestamptz', { nullable: true })
  decidedAt!: Date | null;

  @Column('text', { nullable: true })
  decisionReason!: string | null;

  @Column('uuid', { nullable: true })
  acknowledgedById!: string | null;

  @Column('text', { nullable: true })
  acknowledgedBy!: string | null;

  @Column('timestamptz', { nullable: true })
  acknowledgedAt!: Date | null;

  @Column('text', { nullable: true })
  acknowledgeNote!: string | null;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz')
  expiresAt!: Date;
}
