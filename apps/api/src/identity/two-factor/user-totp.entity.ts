import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

/** What a user and their authenticator app share. */
@Entity('user_totp')
export class UserTotp {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_user_totp' })
  @ForeignKey('User', { name: 'fk_user_totp_user', onDelete: 'CASCADE' })
  userId!: string;

  /** The secret in base32, sealed. */
  @Column('text')
  secret!: string;

  /** Null until a first code has proved that the app has the secret: until then nobody is asked for one. */
  @Column('timestamptz', { nullable: true })
  confirmedAt!: Date | null;

  /** The step of time whose code was used last; that one and those before it are used up. */
  @Column('integer', { nullable: true })
  lastStep!: number | null;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;
}
