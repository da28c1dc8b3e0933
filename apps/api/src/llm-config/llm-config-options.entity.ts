import type { LlmConfigAccessScope, Role } from '@opsagent/contracts';
import { Check, Column, Entity, Index, JoinColumn, OneToOne, PrimaryColumn, type Relation } from 'typeorm';
import { LlmConfig } from './llm-config.entity.js';

/** What a configuration has besides the columns of the older system. */
@Entity('llm_config_options')
@Check('ck_llm_config_options_access_scope', `access_scope IN ('all', 'roles', 'users')`)
@Index('idx_llm_config_options_tags', { synchronize: false }) // gin
export class LlmConfigOptions {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'llm_config_options_pkey' })
  llmConfigId!: string;

  @OneToOne(() => LlmConfig, (config) => config.options, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'llm_config_id', foreignKeyConstraintName: 'fk_llm_config_options_config' })
  llmConfig!: Relation<LlmConfig>;

  @Column('text', { array: true, default: [] })
  tags!: string[];

  /** Configurations that answer in its place while it fails, in this order. */
  @Column('uuid', { array: true, default: [] })
  fallbackIds!: string[];

  /** Values of headers that carry credentials, sealed together; opened by `LlmConfigHeaders` only. */
  @Column('text', { nullable: true })
  secretHeaders!: string | null;

  @Column('timestamptz', { nullable: true })
  keyChangedAt!: Date | null;

  /** Who may use it besides administrators and whoever created it. */
  @Column('text', { default: 'all' })
  accessScope!: LlmConfigAccessScope;

  @Column('text', { array: true, default: [] })
  accessRoles!: Role[];

  @Column('uuid', { array: true, default: [] })
  accessUserIds!: string[];
}
