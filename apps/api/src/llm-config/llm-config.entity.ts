import {
  Column,
  CreateDateColumn,
  Entity,
  ForeignKey,
  Index,
  OneToOne,
  PrimaryGeneratedColumn,
  type Relation,
} from 'typeorm';
import type { LlmProvider } from '@opsagent/contracts';
import { LlmConfigOptions } from './llm-config-options.entity.js';

/** PostgreSQL answers a bigint as text; these counts stay far below 2^53. */
const WHOLE = { to: (value?: number) => value, from: (value: string) => Number(value) };

/** One way to reach one model: exactly the columns of the older system. */
@Entity('llm_configs')
@Index('uq_llm_configs_name', { synchronize: false }) // on lower(name)
@Index('uq_llm_configs_default', { synchronize: false }) // on (is_embedding) where is_default
export class LlmConfig {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'llm_configs_pkey' })
  id!: string;

  @Column('varchar', { length: 100 })
  name!: string;

  @Index('idx_llm_configs_provider')
  @Column('varchar', { length: 50 })
  provider!: LlmProvider;

  @Column('varchar', { length: 200 })
  modelName!: string;

  /** Sealed; opened by `LlmConfigKeys` only. */
  @Column('text', { nullable: true })
  apiKey!: string | null;

  @Column('varchar', { length: 500, nullable: true })
  baseUrl!: string | null;

  @Column('integer', { nullable: true })
  maxTokens!: number | null;

  @Column('double precision', { nullable: true })
  temperature!: number | null;

  @Column('double precision', { nullable: true })
  topP!: number | null;

  @Column('double precision', { nullable: true })
  frequencyPenalty!: number | null;

  @Column('double precision', { nullable: true })
  presencePenalty!: number | null;

  @Column('text', { nullable: true })
  description!: string | null;

  @Index('idx_llm_configs_is_active')
  @Column('boolean', { default: true })
  isActive!: boolean;

  @Index('idx_llm_configs_is_default')
  @Column('boolean', { default: false })
  isDefault!: boolean;

  @Index('idx_llm_configs_is_embedding')
  @Column('boolean', { default: false })
  isEmbedding!: boolean;

  @Column('jsonb', { nullable: true })
  extraConfig!: Record<string, unknown> | null;

  @Column('bigint', { default: 0, transformer: WHOLE })
  usageCount!: number;

  @Column('timestamptz', { nullable: true })
  lastUsedAt!: Date | null;

  @CreateDateColumn({ type: 'timestamptz', default: () => 'now()' })
  createdAt!: Date;

  /** Set by the trigger `update_llm_configs_updated_at`, not by TypeORM: use alone does not change it. */
  @Column('timestamptz', { default: () => 'now()' })
  updatedAt!: Date;

  @ForeignKey('User', { name: 'llm_configs_created_by_fkey', onDelete: 'SET NULL' })
  @Column('uuid', { nullable: true })
  createdBy!: string | null;

  @ForeignKey('User', { name: 'llm_configs_updated_by_fkey', onDelete: 'SET NULL' })
  @Column('uuid', { nullable: true })
  updatedBy!: string | null;

  /** Read along by every find, not by query builders. */
  @OneToOne(() => LlmConfigOptions, (options) => options.llmConfig, { eager: true })
  options!: Relation<LlmConfigOptions> | null;
}
