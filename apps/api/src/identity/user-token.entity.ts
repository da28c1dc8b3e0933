import type { TokenScope } from '@opsagent/contracts';
import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** A personal token: lets programs act as its user. */
@Entity('user_tokens')
@Unique('uq_user_tokens_token_hash', ['tokenHash'])
export class UserToken {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'user_tokens_pkey' })
  id!: string;

  @Column('uuid')
  @Index('idx_user_tokens_user_id')
  @ForeignKey('User', { name: 'fk_user_tokens_user', onDelete: 'CASCADE' })
  userId!: string;

  @Column('text')
  name!: string;

  /** SHA-256 of the token. */
  @Column('bytea')
  tokenHash!: Buffer;

  /** What it begins with. */
  @Column('text', { default: 'ops-' })
  prefix!: string;

  @Column('text')
  lastFour!: string;

  @Column('text', { array: true, default: ['all'] })
  scopes!: TokenScope[];

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;

  /** To the minute. */
  @Column('timestamptz', { nullable: true })
  lastUsedAt!: Date | null;

  @Column('timestamptz', { nullable: true })
  expiresAt!: Date | null;
}
