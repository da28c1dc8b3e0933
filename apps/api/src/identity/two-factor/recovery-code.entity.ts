import { Entity, ForeignKey, PrimaryColumn } from 'typeorm';

/** A recovery code that was not used yet. */
@Entity('user_recovery_codes')
export class RecoveryCode {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_user_recovery_codes' })
  @ForeignKey('UserTotp', { name: 'fk_user_recovery_codes_totp', onDelete: 'CASCADE' })
  userId!: string;

  /** SHA-256 of the code. */
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'pk_user_recovery_codes' })
  codeHash!: Buffer;
}
