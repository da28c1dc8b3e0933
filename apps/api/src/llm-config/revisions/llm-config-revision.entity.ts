import type { FieldChangeDto, RevisionAction } from '@opsagent/contracts';
import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { RevisionState } from './revision-state.js';

/** One state of a configuration in time; it outlives the configuration until that can no longer be restored. */
@Entity('llm_config_revisions')
@Unique('uq_llm_config_revisions_number', ['llmConfigId', 'number'])
@Index('idx_llm_config_revisions_deleted', { synchronize: false }) // on (at) where action = 'delete'
export class LlmConfigRevision {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'llm_config_revisions_pkey' })
  id!: string;

  @Column('uuid')
  llmConfigId!: string;

  @Column('integer')
  number!: number;

  @Column('text')
  action!: RevisionAction;

  @Column('timestamptz', { default: () => 'now()' })
  at!: Date;

  @ForeignKey('User', { name: 'fk_llm_config_revisions_user', onDelete: 'SET NULL' })
  @Column('uuid', { nullable: true })
  createdBy!: string | null;

  @Column('jsonb')
  state!: RevisionState;

  /** Sealed, as the headers are, as in the configuration itself: the same row, the same column. */
  @Column('text', { nullable: true })
  apiKey!: string | null;

  @Column('text', { nullable: true })
  secretHeaders!: string | null;

  @Column('jsonb')
  changes!: FieldChangeDto[];
}
