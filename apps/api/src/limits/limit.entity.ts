import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** The driver gives numbers of these types as text; all that are stored here a number says exactly. */
const AS_NUMBER = {
  to: (value: number | null) => value,
  from: (value: string | null) => (value === null ? null : Number(value)),
};

/** What one subject may use; what is null is not limited. */
@Entity('limits')
@Check('ck_limits_kind', `kind IN ('app', 'app_key', 'user', 'role', 'llm_config')`)
export class Limit {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_limits' })
  kind!: 'app' | 'app_key' | 'user' | 'role' | 'llm_config';

  /** An id, the name of a role, or `default`: everyone of the kind who has no limits of their own. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_limits' })
  subject!: string;

  @Column('integer', { nullable: true })
  requestsPerMinute!: number | null;

  @Column('integer', { nullable: true })
  concurrentRuns!: number | null;

  @Column('bigint', { nullable: true, transformer: AS_NUMBER })
  tokensPerDay!: number | null;

  @Column('bigint', { nullable: true, transformer: AS_NUMBER })
  tokensPerMonth!: number | null;

  @Column('numeric', { precision: 20, scale: 6, nullable: true, transformer: AS_NUMBER })
  costPerDay!: number | null;

  @Column('numeric', { precision: 20, scale: 6, nullable: true, transformer: AS_NUMBER })
  costPerMonth!: number | null;

  @Column('text', { nullable: true })
  currency!: string | null;

  @Column('integer', { default: 80 })
  softPercent!: number;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt!: Date;
}
