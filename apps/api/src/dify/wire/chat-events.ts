import { oneOfSet } from '@opsagent/contracts';
import { Field } from './field.js';
import { DifyMetadata } from './usage.js';

/** The name of an event is inside its JSON, where it tells the events apart. */
const Named = (schema: string, ...names: string[]): PropertyDecorator =>
  Field({ type: 'string', set: oneOfSet(schema, names), description: 'What this event is.' });

/** What every event of a stream carries. */
class DifyEvent {
  @Field({ type: 'string', format: 'uuid', description: 'Names the conversation.' })
  conversation_id!: string;

  @Field({ type: 'string', format: 'uuid', description: 'Names the message.' })
  message_id!: string;

  @Field({ type: 'integer', description: 'When the message was created, in Unix seconds.' })
  created_at!: number;
}

/** `message`, or `agent_message` of an agent: a piece of the answer. */
export class DifyMessageEvent extends DifyEvent {
  @Named('DifyDeltaEventName', 'message', 'agent_message')
  event!: 'message' | 'agent_message';

  @Field({ type: 'string', format: 'uuid', description: 'Names the run; send it to stop.' })
  task_id!: string;

  @Field({ type: 'string', format: 'uuid', description: 'The same as `message_id`.' })
  id!: string;

  @Field({ type: 'string', description: 'To be appended.' })
  answer!: string;

  @Field({
    ...{ type: 'array', items: { required: true, type: 'string' }, required: false, nullable: true },
    description: 'Always null, and only in a `message`.',
  })
  from_variable_selector?: null;
}

/** `agent_thought`: what an agent said and did in one round; sent again, by the same id, as more is known. */
export class DifyAgentThoughtEvent extends DifyEvent {
  @Named('DifyThoughtEventName', 'agent_thought')
  event!: 'agent_thought';

  @Field({ type: 'string', format: 'uuid', description: 'Names the run.' })
  task_id!: string;

  @Field({ type: 'string', format: 'uuid', description: 'Names the thought.' })
  id!: string;

  @Field({ type: 'integer', description: 'Its place in the answer, from 1.' })
  position!: number;

  @Field({ type: 'string', description: 'What the agent said in this round.' })
  thought!: string;

  @Field({ type: 'string', description: 'What the tools answered: JSON text of `{tool: answer}`, or empty.' })
  observation!: string;

  @Field({ type: 'string', description: 'The tools it called, joined by `;`.' })
  tool!: string;

  @Field({ type: 'object', additionalProperties: true, description: 'The tools in words, by language.' })
  tool_labels!: Record<string, Record<string, string>>;

  @Field({ type: 'string', description: 'The arguments: JSON text of `{tool: arguments}`, or empty.' })
  tool_input!: string;

  @Field({ type: 'array', items: { required: true, type: 'string' }, description: 'Files that tools made.' })
  message_files!: string[];
}

/** `tts_message`: a piece of the answer as it sounds, where the app plays answers unasked; `tts_message_end` follows the last. */
export class DifyAudioEvent extends DifyEvent {
  @Named('DifyAudioEventName', 'tts_message', 'tts_message_end')
  event!: 'tts_message' | 'tts_message_end';

  @Field({ type: 'string', format: 'uuid', description: 'Names the run.' })
  task_id!: string;

  @Field({ type: 'string', description: 'MP3 in base64, to be appended; empty at the end.' })
  audio!: string;
}

/** `message_end`: the answer is complete and stored. */
export class DifyMessageEndEvent extends DifyEvent {
  @Named('DifyEndEventName', 'message_end')
  event!: 'message_end';

  @Field({ type: 'string', format: 'uuid', description: 'Names the run.' })
  task_id!: string;

  @Field({ type: 'string', format: 'uuid', description: 'The same as `message_id`.' })
  id!: string;

  @Field({ nested: () => DifyMetadata, description: 'What the answer took.' })
  metadata!: DifyMetadata;

  @Field({
    ...{ type: 'array', items: { required: true, type: 'object', additionalProperties: true }, nullable: true },
    description: 'Always null.',
  })
  files!: null;
}

/** `error`: the answer failed; the last event. */
export class DifyErrorEvent extends DifyEvent {
  @Named('DifyErrorEventName', 'error')
  event!: 'error';

  @Field({ type: 'string', description: 'A stable code for programs.' })
  code!: string;

  @Field({ type: 'string', description: 'A sentence for a person.' })
  message!: string;

  @Field({ type: 'integer', description: 'The HTTP status that a blocking call would have got.' })
  status!: number;
}

/** An error of `/v1`. */
export class DifyErrorBody {
  @Field({ type: 'string', description: 'A stable code for programs.', example: 'invalid_param' })
  code!: string;

  @Field({ type: 'string', description: 'A sentence for a person.', example: 'Arg user must be provided.' })
  message!: string;

  @Field({ type: 'integer', description: 'The HTTP status.', example: 400 })
  status!: number;
}

/** The answer to what only succeeds. */
export class DifyResult {
  @Field({ type: 'string', description: 'Always `success`.', example: 'success' })
  result!: 'success';
}
