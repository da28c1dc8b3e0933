import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';

/** A secret that stands for an app; only its SHA-256 is kept. */
@Entity('app_keys')
@Unique('uq_app_keys_hash', ['keyHash'])
@Index('idx_app_keys_app', ['appId'])
export class AppKey {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'app_keys_pkey' })
  id!: string;

  @Column('uuid')
  @ForeignKey('App', { name: 'fk_app_keys_app', onDelete: 'CASCADE' })
  appId!: string;

  @Column('text')
  name!: string;

  @Column('bytea')
  keyHash!: Buffer;

  @Column('text')
  lastFour!: string;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { nullable: true })
  lastUsedAt!: Date | null;

  @Column('timestamptz', { nullable: true })
  expiresAt!: Date | null;

  @Column('timestamptz', { nullable: true })
  revokedAt!: Date | null;
}
