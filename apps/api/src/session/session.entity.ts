import type { SessionChannel } from '@opsagent/contracts';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** A conversation of any wire. */
@Entity('user_sessions')
@Index('idx_user_sessions_owner', ['ownerId', 'updatedAt'], { where: 'deleted_at IS NULL' })
@Index('idx_user_sessions_end_user', ['endUserId', 'updatedAt'], { where: 'deleted_at IS NULL' })
@Index('idx_user_sessions_llm_config', ['llmConfigId'])
@Check('ck_user_sessions_channel', `channel IN ('console', 'api', 'dify')`)
export class Session {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'user_sessions_pkey' })
  id!: string;

  /** The user of ours it belongs to; null for an app's. */
  @Column('uuid', { nullable: true })
  @ForeignKey('User', { name: 'fk_user_sessions_owner', onDelete: 'CASCADE' })
  ownerId!: string | null;

  /** The caller's own label, stored as sent. */
  @Column('text', { nullable: true })
  userId!: string | null;

  @Column('uuid', { nullable: true })
  appId!: string | null;

  @Column('uuid', { nullable: true })
  endUserId!: string | null;

  @Column('text')
  channel!: SessionChannel;

  @Column('text', { default: '' })
  name!: string;

  /** No foreign key: a conversation must notice that its configuration is gone, not forget it. */
  @Column('uuid', { nullable: true })
  llmConfigId!: string | null;

  /** Names of the tools that its answers may call; none at all is a plain chat, null every one there is. */
  @Column('text', { array: true, nullable: true })
  tools!: string[] | null;

  @Column('jsonb', { default: {} })
  inputs!: Record<string, unknown>;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt!: Date;

  @Column('timestamptz', { nullable: true })
  pinnedAt!: Date | null;

  /** Put away by its owner; a new question takes it back. */
  @Column('timestamptz', { nullable: true })
  archivedAt!: Date | null;

  @Column('timestamptz', { nullable: true })
  deletedAt!: Date | null;
}
