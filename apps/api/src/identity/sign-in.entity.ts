import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** One browser that is signed in. */
@Entity('sign_ins')
@Unique('uq_sign_ins_token_hash', ['tokenHash'])
export class SignIn {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'sign_ins_pkey' })
  id!: string;

  @Column('uuid')
  @Index('idx_sign_ins_user_id')
  @ForeignKey('User', { name: 'fk_sign_ins_user', onDelete: 'CASCADE' })
  userId!: string;

  /** SHA-256 of the cookie's value. */
  @Column('bytea')
  tokenHash!: Buffer;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz')
  expiresAt!: Date;

  @Column('text', { nullable: true })
  userAgent!: string | null;

  @Column('text', { nullable: true })
  address!: string | null;
}
