import { Field } from './field.js';
import { InvalidParam } from './dify-error.js';
import { type JsonObject, optionalId } from './read.js';

/** A form with a recording; its fields may come in any order. */
export class DifyAudioForm {
  @Field({ type: 'string', format: 'binary', description: 'The recording: mp3, m4a, wav, amr or mpga.' })
  file!: string;

  @Field({ type: 'string', required: false, description: 'Whom the client speaks for.' })
  user?: string;
}

/** What was said. */
export class DifyTranscript {
  @Field({ type: 'string', description: 'The words.' })
  text!: string;
}

/** What is to be spoken: an answer, or a text. */
export class DifySpeechRequest {
  @Field({ type: 'string', required: false, description: 'The message whose answer is spoken; before `text`.' })
  message_id?: string;

  @Field({ type: 'string', required: false, description: 'The text to be spoken.' })
  text?: string;

  @Field({ type: 'string', required: false, description: 'Whom the client speaks for.' })
  user?: string;

  @Field({ type: 'string', required: false, description: 'Another voice than the app’s.' })
  voice?: string;

  @Field({ type: 'boolean', required: false, description: 'Ignored: audio always comes piece by piece.' })
  streaming?: boolean;
}

const LONGEST_VOICE = 100;

/** What a valid `POST /v1/text-to-audio` asks for. */
export interface SpeechCall {
  readonly messageId: string | null;
  readonly text: string;
  readonly voice: string | null;
}

/** @throws InvalidParam */
export function readSpeechCall(body: JsonObject): SpeechCall {
  const messageId = optionalId(body['message_id'], 'message_id');
  const text = textOf(body['text'], 'text').trim();
  if (messageId === null && text === '') throw new InvalidParam('text is required.');
  const voice = textOf(body['voice'], 'voice').trim();
  if (voice.length > LONGEST_VOICE)
    throw new InvalidParam(`voice must not be longer than ${LONGEST_VOICE} characters.`);
  return { messageId, text, voice: voice === '' ? null : voice };
}

function textOf(value: unknown, field: string): string {
  if (value !== undefined && value !== null && typeof value !== 'string')
    throw new InvalidParam(`${field} must be a string.`);
  return (value ?? '').replaceAll('\0', '').toWellFormed();
}
