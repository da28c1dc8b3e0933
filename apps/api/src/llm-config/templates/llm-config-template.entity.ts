import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** Values to start new configurations with, kept by somebody. */
@Entity('llm_config_templates')
@Index('uq_llm_config_templates_name', { synchronize: false }) // on lower(name)
export class LlmConfigTemplate {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'llm_config_templates_pkey' })
  id!: string;

  @Column('varchar', { length: 100 })
  name!: string;

  @Column('text', { nullable: true })
  description!: string | null;

  /** By the wire names of a new configuration; never a key. */
  @Column('jsonb')
  values!: Record<string, unknown>;

  @ForeignKey('User', { name: 'fk_llm_config_templates_user', onDelete: 'SET NULL' })
  @Column('uuid', { nullable: true })
  createdBy!: string | null;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;
}
