import type { FaultKind, MessageStatus } from '@opsagent/contracts';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** One turn: a question and its answer. */
@Entity('messages')
@Index('idx_messages_session', ['sessionId', 'seq'])
@Index('idx_messages_parent', ['sessionId'], { where: 'parent_id IS NOT NULL' })
@Index('idx_messages_created', ['createdAt'])
@Check('ck_messages_status', `status IN ('running', 'finished', 'stopped', 'failed')`)
export class Message {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'messages_pkey' })
  id!: string;

  /** The order of a session's messages; times can be equal. */
  @Column({ type: 'bigint', generated: 'identity', generatedIdentity: 'ALWAYS' })
  seq!: string;

  @Column('uuid')
  @ForeignKey('Session', { name: 'fk_messages_session', onDelete: 'CASCADE' })
  sessionId!: string;

  @Column('uuid')
  runId!: string;

  /** As it was stored: see `MessageTree`. */
  @Column('uuid', { nullable: true })
  parentId!: string | null;

  @Column('text')
  query!: string;

  @Column('text', { default: '' })
  answer!: string;

  @Column('text', { default: '' })
  reasoning!: string;

  @Column('text')
  status!: MessageStatus;

  @Column('text', { nullable: true })
  errorKind!: FaultKind | null;

  @Column('text', { nullable: true })
  errorCode!: string | null;

  @Column('text', { nullable: true })
  errorDetail!: string | null;

  @Column('integer', { nullable: true })
  promptTokens!: number | null;

  @Column('integer', { nullable: true })
  completionTokens!: number | null;

  @Column('integer', { nullable: true })
  cachedTokens!: number | null;

  @Column('integer', { nullable: true })
  reasoningTokens!: number | null;

  @Column('boolean', { nullable: true })
  usageEstimated!: boolean | null;

  /** A decimal, as text. */
  @Column('numeric', { precision: 20, scale: 10, nullable: true })
  totalPrice!: string | null;

  @Column('text', { nullable: true })
  currency!: string | null;

  @Column('real', { nullable: true })
  firstTokenMs!: number | null;

  @Column('real', { nullable: true })
  totalMs!: number | null;

  /** The configuration and model that really answered. */
  @Column('uuid')
  llmConfigId!: string;

  @Column('text')
  modelName!: string;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { nullable: true })
  finishedAt!: Date | null;
}
