import type { WireEvent } from './event-blocks.js';

/** A JSON object of the wire. */
export type WireObject = Readonly<Record<string, unknown>>;

/** What an agent did in one round. */
export interface WireThought {
  readonly id: string;
  readonly tool: string;
  readonly input: string;
  readonly observation: string;
}

/** An error as the wire tells it. */
export interface WireError {
  readonly code: string;
  readonly message: string;
}

/** What the events, or the answer given at once, come to. */
export interface WireAnswer {
  readonly text: string;
  readonly thoughts: readonly WireThought[];
  readonly error: WireError | null;
  readonly conversationId: string;
  readonly messageId: string;
  readonly taskId: string;
  readonly tokens: number | null;
  readonly isAnnotation: boolean;
}

const NOTHING: WireAnswer = {
  text: '',
  thoughts: [],
  error: null,
  conversationId: '',
  messageId: '',
  taskId: '',
  tokens: null,
  isAnnotation: false,
};

/** Puts a stream together as a client does: deltas are appended, a replacement takes the place of all, thoughts go by their id. */
export function answerOfEvents(events: readonly WireEvent[]): WireAnswer {
  const thoughts = new Map<string, WireThought>();
  const texts: string[] = [];
  let answer = NOTHING;
  for (const { name, data } of events) {
    if (!data) continue;
    if (answer.taskId === '') answer = { ...answer, ...idsOf(data) };
    if (name === 'message_replace') texts.length = 0;
    if (name === 'message' || name === 'agent_message' || name === 'message_replace')
      texts.push(textAt(data, 'answer'));
    if (name === 'agent_thought') thoughts.set(textAt(data, 'id'), thoughtOf(data));
    if (name === 'message_end') answer = { ...answer, ...endOf(data) };
    if (name === 'error') answer = { ...answer, error: errorOf(data) };
  }
  return { ...answer, text: texts.join(''), thoughts: [...thoughts.values()].filter(({ tool }) => tool !== '') };
}

/** An answer that came at once. */
export function answerOfBody(body: WireObject): WireAnswer {
  return { ...NOTHING, ...idsOf(body), ...endOf(body), text: textAt(body, 'answer') };
}

/** An error body; null when it is none. */
export function errorOfBody(body: WireObject): WireError | null {
  return typeof body['code'] === 'string' && typeof body['message'] === 'string' ? errorOf(body) : null;
}

/** The texts of a list, in an answer with `data`. */
export function textsOf(body: WireObject): readonly string[] {
  const { data } = body;
  return Array.isArray(data) ? data.filter((item): item is string => typeof item === 'string') : [];
}

/** The objects of a list, in an answer with `data`. */
export function objectsOf(body: WireObject): readonly WireObject[] {
  const { data } = body;
  return Array.isArray(data)
    ? data.filter((item): item is WireObject => typeof item === 'object' && item !== null)
    : [];
}

/** A text of an object; empty where there is none. */
export function textAt(object: WireObject, name: string): string {
  const value = object[name];
  return typeof value === 'string' ? value : '';
}

function idsOf(data: WireObject): Pick<WireAnswer, 'conversationId' | 'messageId' | 'taskId'> {
  return {
    conversationId: textAt(data, 'conversation_id'),
    messageId: textAt(data, 'message_id'),
    taskId: textAt(data, 'task_id'),
  };
}

function thoughtOf(data: WireObject): WireThought {
  return {
    id: textAt(data, 'id'),
    tool: textAt(data, 'tool'),
    input: textAt(data, 'tool_input'),
    observation: textAt(data, 'observation'),
  };
}

function endOf(data: WireObject): Pick<WireAnswer, 'tokens' | 'isAnnotation'> {
  const metadata = objectAt(data, 'metadata');
  const tokens = objectAt(metadata, 'usage')['total_tokens'];
  return { tokens: typeof tokens === 'number' ? tokens : null, isAnnotation: metadata['annotation_reply'] != null };
}

function errorOf(data: WireObject): WireError {
  return { code: textAt(data, 'code'), message: textAt(data, 'message') };
}

function objectAt(object: WireObject, name: string): WireObject {
  const value = object[name];
  return typeof value === 'object' && value !== null ? (value as WireObject) : {};
}

/** The kind that an uploaded file is sent as. */
export function fileKindOf(uploaded: WireObject): 'image' | 'audio' | 'video' | 'document' {
  const [kind] = textAt(uploaded, 'mime_type').split('/');
  return kind === 'image' || kind === 'audio' || kind === 'video' ? kind : 'document';
}
