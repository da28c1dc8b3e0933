import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** The end of the audit log's chain, and the sealed key that it is made with. The only row of its table. */
@Entity('audit_head')
@Check('ck_audit_head_id', 'id')
export class AuditHead {
  @PrimaryColumn('boolean', { primaryKeyConstraintName: 'pk_audit_head', default: true })
  id!: boolean;

  @Column('bigint')
  seq!: string;

  @Column('bytea')
  hash!: Buffer;

  /** Vouches for `seq` and `hash`; null until there is a key. */
  @Column('bytea', { nullable: true })
  mac!: Buffer | null;

  @Column('text', { nullable: true })
  sealedKey!: string | null;
}
