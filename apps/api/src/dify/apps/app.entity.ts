import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What Dify clients talk to: a key of it selects the mode, the model, the prompt and the tools. */
@Entity('apps')
@Check('ck_apps_mode', `mode IN ('chat', 'agent-chat')`)
@Index('idx_apps_llm_config', ['llmConfigId'])
export class App {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'apps_pkey' })
  id!: string;

  @Column('text')
  name!: string;

  @Column('text')
  description!: string;

  /** An emoji. */
  @Column('text')
  icon!: string;

  @Column('text')
  mode!: 'chat' | 'agent-chat';

  /** No foreign key: an app must notice that its configuration is gone, not fall back to another. */
  @Column('uuid', { nullable: true })
  llmConfigId!: string | null;

  @Column('text', { nullable: true })
  systemPrompt!: string | null;

  @Column('text', { nullable: true })
  openingStatement!: string | null;

  @Column('jsonb')
  tools!: 'all-read' | string[];

  @Column('boolean', { default: true })
  isEnabled!: boolean;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt!: Date;
}
