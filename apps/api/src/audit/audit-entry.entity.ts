import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Who an entry of the audit log speaks of. */
export type AuditActorKind = 'user' | 'app' | 'system' | 'anonymous';

/** One change, refusal or use of a secret, as it is kept. */
@Entity('audit_log')
@Index('idx_audit_log_at', ['at', 'seq'])
@Index('idx_audit_log_actor', ['actorId', 'seq'])
@Index('idx_audit_log_action', ['action', 'seq'])
@Index('idx_audit_log_target', ['targetId', 'seq'])
@Index('idx_audit_log_target_type', ['targetType', 'seq'])
@Index('idx_audit_log_refused', { synchronize: false }) // on (seq), of what was refused only
@Index('idx_audit_log_search', { synchronize: false }) // on groups of characters
@Index('idx_audit_log_changes', { synchronize: false }) // on (seq), of changes only
export class AuditLogEntry {
  @PrimaryColumn('bigint', { primaryKeyConstraintName: 'audit_log_pkey' })
  seq!: string;

  @Column('timestamptz', { default: () => 'now()' })
  at!: Date;

  @Column('text')
  actorKind!: AuditActorKind;

  @Column('uuid', { nullable: true })
  actorId!: string | null;

  @Column('text', { nullable: true })
  actorName!: string | null;

  @Column('text', { nullable: true })
  credential!: string | null;

  @Column('text', { nullable: true })
  address!: string | null;

  @Column('uuid', { nullable: true })
  requestId!: string | null;

  @Column('text')
  action!: string;

  @Column('text')
  targetType!: string;

  @Column('text', { nullable: true })
  targetId!: string | null;

  @Column('text', { nullable: true })
  targetName!: string | null;

  @Column('jsonb', { nullable: true })
  before!: Record<string, unknown> | null;

  @Column('jsonb', { nullable: true })
  after!: Record<string, unknown> | null;

  @Column('boolean', { default: false })
  refused!: boolean;

  /** Over the entry before and this one; null in entries from before there was a chain. */
  @Column('bytea', { nullable: true })
  hash!: Buffer | null;
}
