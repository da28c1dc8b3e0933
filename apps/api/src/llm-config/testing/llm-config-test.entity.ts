import type { FaultKind, TestCause, TestStepDto } from '@opsagent/contracts';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** One test of a configuration, as it ended. */
@Entity('llm_config_tests')
@Index('idx_llm_config_tests_config', { synchronize: false }) // on (llm_config_id, at desc)
export class LlmConfigTest {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'llm_config_tests_pkey' })
  id!: string;

  @Column('uuid')
  llmConfigId!: string;

  @Column('timestamptz', { default: () => 'now()' })
  at!: Date;

  @Column('boolean')
  success!: boolean;

  @Column('text')
  message!: string;

  @Column('text', { nullable: true })
  kind!: FaultKind | null;

  @Column('text', { nullable: true })
  cause!: TestCause | null;

  @Column('integer')
  latencyMs!: number;

  @Column('integer', { nullable: true })
  firstTokenMs!: number | null;

  @Column('jsonb')
  steps!: TestStepDto[];

  @ForeignKey('User', { name: 'fk_llm_config_tests_user', onDelete: 'SET NULL' })
  @Column('uuid', { nullable: true })
  createdBy!: string | null;
}
