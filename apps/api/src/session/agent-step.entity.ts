import type { StepState, ToolRisk } from '@opsagent/contracts';
import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';

/** One tool call of an answer. */
@Entity('agent_steps')
@Unique('uq_agent_steps_position', ['messageId', 'position'])
export class AgentStep {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'agent_steps_pkey' })
  id!: string;

  @Column('uuid')
  @ForeignKey('Message', { name: 'fk_agent_steps_message', onDelete: 'CASCADE' })
  messageId!: string;

  @Column('integer')
  position!: number;

  /** Which model call of the answer asked for it, from 1. */
  @Column('integer')
  round!: number;

  /** What the model said in that round. */
  @Column('text')
  thought!: string;

  /** What it thought before. */
  @Column('text', { default: '' })
  reasoning!: string;

  @Column('text')
  tool!: string;

  @Column('jsonb')
  label!: { en: string; zh: string };

  @Column('text')
  input!: string;

  @Column('text')
  observation!: string;

  /** The whole result, where the observation is a part of it. No foreign key: it may be gone first. */
  @Column('uuid', { nullable: true })
  artifactId!: string | null;

  @Column('text')
  risk!: ToolRisk;

  @Column('text')
  state!: StepState;

  @Column('timestamptz')
  startedAt!: Date;

  @Column('timestamptz', { nullable: true })
  finishedAt!: Date | null;
}
