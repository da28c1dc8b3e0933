import { Flag, Id, ListOf, Moment, Nested, OneOf, Text, TextList, Whole } from '../field/fields.js';
import { APP_MODE, DANGEROUS_CALLS, type AppMode, type DangerousCalls } from './app-sets.js';
import {
  AnnotationReplyDto,
  FileUploadDto,
  InputFieldDto,
  SpeechToTextDto,
  TextToSpeechDto,
} from './app-settings.dto.js';

/** An app that Dify clients talk to. */
export class AppDto {
  @Id({ description: 'Names the app.' })
  id!: string;

  @Text({ description: 'Its name.' })
  name!: string;

  @Text({ description: 'What it is for.' })
  description!: string;

  @Text({ description: 'An emoji.' })
  icon!: string;

  @Text({ description: 'The colour behind the icon.' })
  icon_background!: string;

  @OneOf(APP_MODE, { description: 'How it behaves on the Dify wire.' })
  mode!: AppMode;

  @Id({ nullable: true, description: 'Its model configuration; null takes the default.' })
  llm_config_id!: string | null;

  @Text({ nullable: true, description: 'What the model is told first; null takes the words of OpsAgent.' })
  system_prompt!: string | null;

  @Text({ nullable: true, description: 'What stands in a new conversation before the first question.' })
  opening_statement!: string | null;

  @TextList({ description: 'Questions offered beside the opening words.' })
  suggested_questions!: string[];

  @Flag({ description: 'Whether clients may ask for questions that could follow an answer.' })
  suggests_after_answer!: boolean;

  @ListOf(() => InputFieldDto, { description: 'The form to fill in before the first question.' })
  input_form!: InputFieldDto[];

  @TextList({ nullable: true, description: 'The tools its agent may use; null means every tool that only reads.' })
  tools!: string[] | null;

  @OneOf(DANGEROUS_CALLS, { description: 'What becomes of a tool call that changes something.' })
  dangerous_calls!: DangerousCalls;

  @Nested(() => FileUploadDto, { description: 'Which files a question may carry.' })
  file_upload!: FileUploadDto;

  @Nested(() => AnnotationReplyDto, { description: 'Whether kept answers are given to questions like theirs.' })
  annotation_reply!: AnnotationReplyDto;

  @Nested(() => SpeechToTextDto, { description: 'Whether speech is turned into text.' })
  speech_to_text!: SpeechToTextDto;

  @Nested(() => TextToSpeechDto, { description: 'Whether text is turned into speech.' })
  text_to_speech!: TextToSpeechDto;

  @Whole({ nullable: true, description: 'After how many days without a turn a conversation is deleted; null = never.' })
  retention_days!: number | null;

  @Flag({ description: 'False refuses every call of its clients.' })
  is_enabled!: boolean;

  @Flag({ description: 'True for the app of the first start, which cannot be deleted.' })
  is_first!: boolean;

  @Moment({ description: 'When it was created.' })
  created_at!: string;

  @Moment({ description: 'When it was last changed; for `If-Match`.' })
  updated_at!: string;
}

/** One page of apps. */
export class AppListDto {
  @ListOf(() => AppDto, { description: 'The apps, oldest first.' })
  items!: AppDto[];

  @Whole({ min: 0, description: 'How many there are in all.' })
  total!: number;
}

/** Which part of a list of apps or keys to answer. */
export class AppQueryDto {
  @Whole({ query: true, min: 0, optional: true, default: 0, description: 'How many to leave out at the start.' })
  skip: number = 0;

  @Whole({
    query: true,
    min: 1,
    max: 1000,
    optional: true,
    default: 100,
    description: 'How many to answer at the most.',
  })
  limit: number = 100;
}
