import { Flag, Id, ListOf, Nested, OneOf, Text, TextList, Whole } from '../field/fields.js';
import { APP_MODE, DANGEROUS_CALLS, type AppMode, type DangerousCalls } from './app-sets.js';
import {
  AnnotationReplyDto,
  FileUploadDto,
  InputFieldDto,
  SpeechToTextDto,
  TextToSpeechDto,
} from './app-settings.dto.js';

const MOST_FIELDS = 50;

class AppSettingsDto {
  @Text({ max: 400, optional: true, description: 'What it is for.' })
  description?: string;

  @Text({ min: 1, max: 16, optional: true, description: 'An emoji.' })
  icon?: string;

  @Text({
    pattern: /^#[0-9a-fA-F]{6}$/,
    patternHint: 'is a colour as #RRGGBB',
    optional: true,
    description: 'The colour behind the icon.',
  })
  icon_background?: string;

  @OneOf(APP_MODE, { optional: true, description: 'How it behaves on the Dify wire.' })
  mode?: AppMode;

  @Id({ optional: true, nullable: true, description: 'Its model configuration; null takes the default.' })
  llm_config_id?: string | null;

  @Text({ max: 50_000, optional: true, nullable: true, description: 'What the model is told first.' })
  system_prompt?: string | null;

  @Text({ max: 10_000, optional: true, nullable: true, description: 'What stands before the first question.' })
  opening_statement?: string | null;

  @TextList({ max: 10, longest: 1_000, optional: true, description: 'Questions offered beside the opening words.' })
  suggested_questions?: string[];

  @Flag({ optional: true, description: 'Whether clients may ask for questions that could follow an answer.' })
  suggests_after_answer?: boolean;

  @ListOf(() => InputFieldDto, { max: MOST_FIELDS, optional: true, description: 'The form before the first question.' })
  input_form?: InputFieldDto[];

  @TextList({
    max: 200,
    longest: 200,
    optional: true,
    nullable: true,
    description: 'The tools its agent may use; null: all that only read.',
  })
  tools?: string[] | null;

  @OneOf(DANGEROUS_CALLS, {
    optional: true,
    description:
      'What becomes of a tool call that changes something: refused, or it waits (streams only) until it is decided.',
  })
  dangerous_calls?: DangerousCalls;

  @Nested(() => FileUploadDto, { optional: true, description: 'Which files a question may carry.' })
  file_upload?: FileUploadDto;

  @Nested(() => AnnotationReplyDto, { optional: true, description: 'Whether kept answers are given.' })
  annotation_reply?: AnnotationReplyDto;

  @Nested(() => SpeechToTextDto, { optional: true, description: 'Whether speech is turned into text.' })
  speech_to_text?: SpeechToTextDto;

  @Nested(() => TextToSpeechDto, { optional: true, description: 'Whether text is turned into speech.' })
  text_to_speech?: TextToSpeechDto;

  @Whole({
    min: 1,
    max: 3650,
    optional: true,
    nullable: true,
    description: 'After how many days without a turn a conversation is deleted; null = never.',
  })
  retention_days?: number | null;

  @Flag({ optional: true, description: 'False refuses every call of its clients.' })
  is_enabled?: boolean;
}

/** Changes an app; what is absent stays. */
export class UpdateAppDto extends AppSettingsDto {
  @Text({ min: 1, max: 100, optional: true, description: 'Its name.' })
  name?: string;
}

/** Makes an app; what is absent takes what a plain agent needs. */
export class CreateAppDto extends AppSettingsDto {
  @Text({ min: 1, max: 100, description: 'Its name.' })
  name!: string;
}
