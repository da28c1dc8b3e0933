import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';

/** Lets a user choose a password, once. */
@Entity('user_invitations')
@Unique('uq_user_invitations_token_hash', ['tokenHash'])
export class Invitation {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_user_invitations' })
  @ForeignKey('User', { name: 'fk_user_invitations_user', onDelete: 'CASCADE' })
  userId!: string;

  /** SHA-256 of what stands in the link. */
  @Column('bytea')
  tokenHash!: Buffer;

  @Column('timestamptz')
  expiresAt!: Date;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;
}
