import { APP_MODE, type AppMode, type FileUploadDto, type InputFieldDto } from '@opsagent/contracts';
import type { App } from '../apps/app.entity.js';
import { LARGEST_MB } from '../files/file-kinds.js';
import { Field } from './field.js';
import { firstValue } from './form-inputs.js';

const OPEN = { type: 'object', additionalProperties: true } as const;

/** What an app offers: clients read every key without looking whether it is there. */
export class DifyParameters {
  @Field({ type: 'string', nullable: true, description: 'Opening words.' })
  opening_statement!: string | null;

  @Field({ type: 'array', items: { required: true, type: 'string' }, description: 'Questions to begin with.' })
  suggested_questions!: string[];

  @Field({ ...OPEN, description: 'Whether questions are suggested after an answer.' })
  suggested_questions_after_answer!: { enabled: boolean };

  @Field({ ...OPEN, description: 'Whether speech is turned into text.' })
  speech_to_text!: { enabled: boolean };

  @Field({ ...OPEN, description: 'Whether text is turned into speech.' })
  text_to_speech!: { enabled: boolean; voice: string; language: string; autoPlay: string };

  @Field({ ...OPEN, description: 'Whether sources are told.' })
  retriever_resource!: { enabled: boolean };

  @Field({ ...OPEN, description: 'Whether annotations answer.' })
  annotation_reply!: { enabled: boolean };

  @Field({ ...OPEN, description: 'Whether there is a second answer to be had.' })
  more_like_this!: { enabled: boolean };

  @Field({ ...OPEN, description: 'Whether words are moderated.' })
  sensitive_word_avoidance!: { enabled: boolean; type: string; configs: unknown[] };

  @Field({
    type: 'array',
    items: { required: true, ...OPEN },
    description: 'The form to fill in before the first question.',
  })
  user_input_form!: Record<string, unknown>[];

  @Field({ ...OPEN, description: 'Which files a question may carry.' })
  file_upload!: Record<string, unknown>;

  @Field({ ...OPEN, description: 'The largest files, in MB.' })
  system_parameters!: Record<string, number>;
}

/** What an app is. */
export class DifyInfo {
  @Field({ type: 'string', description: 'Its name.' })
  name!: string;

  @Field({ type: 'string', description: 'What it is for.' })
  description!: string;

  @Field({ type: 'array', items: { required: true, type: 'string' }, description: 'Always empty.' })
  tags!: string[];

  @Field({ type: 'string', set: APP_MODE, description: 'The mode of the app: clients choose their parser by it.' })
  mode!: AppMode;

  @Field({ type: 'string', nullable: true, description: 'Always null.' })
  author_name!: string | null;
}

/** How an app's tools are shown. */
export class DifyMeta {
  @Field({ ...OPEN, description: 'An icon for each tool, by its name.' })
  tool_icons!: Record<string, string | { background: string; content: string }>;
}

/** How an app's page looks. */
export class DifySite {
  @Field({ type: 'string', description: 'Title of the page.' })
  title!: string;

  @Field({ type: 'string', nullable: true, description: 'Colour theme.' })
  chat_color_theme!: string | null;

  @Field({ type: 'boolean', description: 'Whether the theme is inverted.' })
  chat_color_theme_inverted!: boolean;

  @Field({ type: 'string', nullable: true, description: 'Kind of icon.', example: 'emoji' })
  icon_type!: string | null;

  @Field({ type: 'string', description: 'The icon.' })
  icon!: string;

  @Field({ type: 'string', description: 'Colour behind the icon.' })
  icon_background!: string;

  @Field({ type: 'string', nullable: true, description: 'Address of the icon, where it is an image.' })
  icon_url!: string | null;

  @Field({ type: 'string', nullable: true, description: 'What the app is for.' })
  description!: string | null;

  @Field({ type: 'string', nullable: true, description: 'Copyright line.' })
  copyright!: string | null;

  @Field({ type: 'string', nullable: true, description: 'Address of the privacy policy.' })
  privacy_policy!: string | null;

  @Field({ type: 'string', nullable: true, description: 'Disclaimer.' })
  custom_disclaimer!: string | null;

  @Field({ type: 'string', description: 'Language of the page.', example: 'en-US' })
  default_language!: string;

  @Field({ type: 'boolean', description: 'Whether steps of a workflow are shown.' })
  show_workflow_steps!: boolean;

  @Field({ type: 'boolean', description: 'Whether the icon stands beside answers.' })
  use_icon_as_answer_icon!: boolean;

  @Field({ type: 'string', nullable: true, description: 'Words in the empty input.' })
  input_placeholder!: string | null;
}

/** The answer to whoever looks whether this is a Dify server. */
export class DifyWelcome {
  @Field({ type: 'string', description: 'Always the same words.', example: 'Dify OpenAPI' })
  welcome!: string;

  @Field({ type: 'string', description: 'Version of the interface.', example: 'v1' })
  api_version!: string;

  @Field({ type: 'string', description: 'The Dify version this wire speaks like.' })
  server_version!: string;
}

const OFF = { enabled: false };

export function parametersOf(app: App): DifyParameters {
  const speech = app.textToSpeech;
  return {
    opening_statement: app.openingStatement,
    suggested_questions: app.suggestedQuestions,
    suggested_questions_after_answer: { enabled: app.suggestsAfterAnswer },
    speech_to_text: { enabled: app.speechToText.enabled },
    text_to_speech: {
      enabled: speech.enabled,
      voice: speech.voice,
      language: speech.language,
      autoPlay: speech.auto_play ? 'enabled' : 'disabled',
    },
    retriever_resource: OFF,
    annotation_reply: { enabled: app.annotationReply.enabled },
    more_like_this: OFF,
    sensitive_word_avoidance: { ...OFF, type: '', configs: [] },
    user_input_form: app.inputForm.map(inputOf),
    file_upload: fileUploadOf(app.fileUpload),
    system_parameters: LARGEST_MB,
  };
}

/** A field of the form as Dify tells it: one object whose key is the control. */
function inputOf({ type, options, default: initial, max_length, ...rest }: InputFieldDto): Record<string, unknown> {
  const facts = { ...rest, default: firstValue(type, initial ?? ''), hide: false };
  return { [type]: { ...facts, ...(max_length ? { max_length } : {}), ...(type === 'select' ? { options } : {}) } };
}

function fileUploadOf(settings: FileUploadDto): Record<string, unknown> {
  const { enabled, allowed_file_types, allowed_file_upload_methods: methods, number_limits } = settings;
  const takesImages = enabled && allowed_file_types.includes('image');
  return {
    image: { enabled: takesImages, number_limits, detail: 'high', transfer_methods: methods },
    ...settings,
    fileUploadConfig: { ...LARGEST_MB, batch_count_limit: 5 },
  };
}

export function infoOf({ name, description, mode }: App): DifyInfo {
  return { name, description, tags: [], mode, author_name: null };
}

export function siteOf({ name, description, icon, iconBackground }: App): DifySite {
  return {
    title: name,
    chat_color_theme: null,
    chat_color_theme_inverted: false,
    icon_type: 'emoji',
    icon,
    icon_background: iconBackground,
    icon_url: null,
    description,
    copyright: null,
    privacy_policy: null,
    custom_disclaimer: null,
    default_language: 'en-US',
    show_workflow_steps: true,
    use_icon_as_answer_icon: false,
    input_placeholder: null,
  };
}
