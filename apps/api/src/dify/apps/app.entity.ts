import type {
  AnnotationReplyDto,
  FileUploadDto,
  InputFieldDto,
  SpeechToTextDto,
  TextToSpeechDto,
} from '@opsagent/contracts';
import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What Dify clients talk to: a key of it selects the mode, the model, the prompt and the tools. */
@Entity('apps')
@Check('ck_apps_mode', `mode IN ('chat', 'agent-chat')`)
@Check('ck_apps_dangerous_calls', `dangerous_calls IN ('refuse', 'wait')`)
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

  /** Of a call that changes something: it is refused, or waits until somebody allows it. */
  @Column('text', { default: 'refuse' })
  dangerousCalls!: 'refuse' | 'wait';

  @Column('text', { default: '#D5F5F6' })
  iconBackground!: string;

  @Column('jsonb', { default: [] })
  suggestedQuestions!: string[];

  @Column('boolean', { default: true })
  suggestsAfterAnswer!: boolean;

  @Column('jsonb', { default: [] })
  inputForm!: InputFieldDto[];

  @Column('jsonb')
  fileUpload!: FileUploadDto;

  @Column('jsonb')
  annotationReply!: AnnotationReplyDto;

  @Column('jsonb')
  speechToText!: SpeechToTextDto;

  @Column('jsonb')
  textToSpeech!: TextToSpeechDto;

  @Column('integer', { nullable: true })
  retentionDays!: number | null;

  @Column('boolean', { default: true })
  isEnabled!: boolean;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt!: Date;

  /** A deleted app refuses every call; its conversations stay as long as those of others. */
  @Column('timestamptz', { nullable: true })
  deletedAt!: Date | null;
}
