import { Decimal, Flag, Id, OneOf, Text, TextList, Whole, WordList } from '../field/fields.js';
import {
  FILE_KIND,
  FILE_TRANSFER,
  INPUT_CONTROL,
  type FileKind,
  type FileTransfer,
  type InputControl,
} from './app-sets.js';

/** One field of the form that is filled in before the first question. */
export class InputFieldDto {
  @OneOf(INPUT_CONTROL, { description: 'How it is filled in.' })
  type!: InputControl;

  @Text({ min: 1, max: 100, description: 'What stands beside it.' })
  label!: string;

  @Text({
    min: 1,
    max: 60,
    pattern: /^[a-zA-Z_][a-zA-Z0-9_]*$/,
    patternHint: 'begins with a letter or "_" and holds letters, digits and "_" only',
    description: 'Its name: `{{variable}}` in the system prompt and the opening words.',
  })
  variable!: string;

  @Flag({ description: 'Whether it must be filled in.' })
  required!: boolean;

  @Text({
    max: 10_000,
    optional: true,
    nullable: true,
    description: 'What it holds at first: the text, a number in digits, or `true` or `false` of a checkbox.',
  })
  default?: string | null;

  @Whole({ min: 1, max: 100_000, optional: true, nullable: true, description: 'The longest text it takes.' })
  max_length?: number | null;

  @TextList({ max: 200, longest: 500, optional: true, description: 'What a `select` offers.' })
  options?: string[];
}

/** Which files a question may carry. */
export class FileUploadDto {
  @Flag({ description: 'Whether questions carry files at all.' })
  enabled!: boolean;

  @WordList(FILE_KIND, { description: 'Which kinds.' })
  allowed_file_types!: FileKind[];

  @TextList({ max: 50, longest: 20, description: 'Further extensions, for the kind `custom`.' })
  allowed_file_extensions!: string[];

  @WordList(FILE_TRANSFER, { description: 'How they come.' })
  allowed_file_upload_methods!: FileTransfer[];

  @Whole({ min: 1, max: 10, description: 'How many one question may carry.' })
  number_limits!: number;
}

/** Whether kept answers are given to questions like theirs. */
export class AnnotationReplyDto {
  @Flag({ description: 'Whether they are.' })
  enabled!: boolean;

  @Decimal({ min: 0, max: 1, description: 'How alike two questions must be, from 0 to 1.' })
  score_threshold!: number;

  @Id({
    nullable: true,
    description: 'The embedding configuration that compares them; null compares the words themselves.',
  })
  llm_config_id!: string | null;
}

/** Whether speech is turned into text. */
export class SpeechToTextDto {
  @Flag({ description: 'Whether it is.' })
  enabled!: boolean;

  @Id({ nullable: true, description: 'The configuration whose address and key are used.' })
  llm_config_id!: string | null;

  @Text({ max: 200, description: 'The model there.', example: 'whisper-1' })
  model!: string;
}

/** Whether text is turned into speech. */
export class TextToSpeechDto extends SpeechToTextDto {
  @Text({ max: 100, description: 'The voice.', example: 'alloy' })
  voice!: string;

  @Text({ max: 20, description: 'The language, told to clients.', example: 'zh-Hans' })
  language!: string;

  @Flag({ description: 'Whether clients play answers unasked.' })
  auto_play!: boolean;
}
