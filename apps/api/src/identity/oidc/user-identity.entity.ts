import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';

/** Who a user is at an identity provider; one at each. */
@Entity('user_identities')
@Unique('uq_user_identities_issuer_subject', ['issuer', 'subject'])
export class UserIdentity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_user_identities' })
  @ForeignKey('User', { name: 'fk_user_identities_user', onDelete: 'CASCADE' })
  userId!: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_user_identities' })
  issuer!: string;

  /** Never given to anybody else by that issuer, as an e-mail address may be. */
  @Column('text')
  subject!: string;

  /** The user's role once came from a claim, so the claim decides from then on. */
  @Column('boolean', { default: false })
  roleFromClaim!: boolean;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;
}
