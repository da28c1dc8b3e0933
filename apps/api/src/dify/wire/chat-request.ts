import { oneOfSet } from '@opsagent/contracts';
import { Field } from './field.js';

const RESPONSE_MODE = oneOfSet('DifyResponseMode', ['streaming', 'blocking']);

/** A question to an app. Fields that are not listed are ignored. */
export class DifyChatRequest {
  @Field({ type: 'string', description: 'The question.' })
  query!: string;

  @Field({
    type: 'object',
    additionalProperties: true,
    required: false,
    description:
      'Values of the app’s input form, `{}` as a rule; may be left out only together with a `model_config_id`.',
  })
  inputs?: Record<string, unknown>;

  @Field({ type: 'string', description: 'Whom the client speaks for; unique within the app.' })
  user!: string;

  @Field({
    type: 'string',
    set: RESPONSE_MODE,
    required: false,
    default: 'blocking',
    description: 'Whether the answer comes piece by piece.',
  })
  response_mode?: 'streaming' | 'blocking';

  @Field({ type: 'string', required: false, description: 'The conversation to go on with; empty opens a new one.' })
  conversation_id?: string;

  @Field({
    type: 'array',
    items: { required: true, type: 'object', additionalProperties: true },
    required: false,
    nullable: true,
    description: 'Files by `upload_file_id` or `url`; ignored while the app takes none.',
  })
  files?: Record<string, unknown>[] | null;

  @Field({
    type: 'boolean',
    required: false,
    default: true,
    description: 'Whether a title may be found for a new conversation.',
  })
  auto_generate_name?: boolean;

  @Field({
    type: 'string',
    format: 'uuid',
    required: false,
    nullable: true,
    description:
      'The model configuration that answers. Without it: the one of the conversation, else of the app, else the default.',
  })
  model_config_id?: string | null;
}

/** Whom a call speaks for. */
export class DifyUserRequest {
  @Field({ type: 'string', description: 'Whom the client speaks for.' })
  user!: string;
}

/** Whom a call speaks for; without it, the app's anonymous user. */
export class DifyOptionalUserRequest {
  @Field({ type: 'string', required: false, description: 'Whom the client speaks for.' })
  user?: string;
}

/** A new name for a conversation. */
export class DifyRenameRequest extends DifyOptionalUserRequest {
  @Field({ type: 'string', required: false, description: 'The new name; needed unless it is generated.' })
  name?: string;

  @Field({
    type: 'boolean',
    required: false,
    default: false,
    description: 'Finds a title in the conversation instead.',
  })
  auto_generate?: boolean;
}
