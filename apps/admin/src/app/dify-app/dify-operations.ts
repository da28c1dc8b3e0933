import type { ApiDocument } from './try/api-document.js';
import { type WireOperation, wireOperations } from './try/wire-operation.js';

const PAGES = ['page', 'limit'];
const ANNOTATION = ['question', 'answer'];

/**
 * The operations of Dify's API for apps, as clients call them, each with the fields that mean something to a chat app; `{}` stands
 * for any parameter of a path.
 */
export const DIFY_OPERATIONS: Readonly<Record<string, readonly string[]>> = {
  'POST /chat-messages': ['query', 'inputs', 'user', 'response_mode', 'conversation_id', 'files', 'auto_generate_name'],
  'POST /chat-messages/{}/stop': ['user'],
  'GET /messages': ['conversation_id', 'user', 'first_id', 'limit'],
  'GET /messages/{}/suggested': ['user'],
  'POST /messages/{}/feedbacks': ['rating', 'content', 'user'],
  'GET /app/feedbacks': PAGES,
  'GET /conversations': ['user', 'last_id', 'limit', 'sort_by'],
  'DELETE /conversations/{}': ['user'],
  'POST /conversations/{}/name': ['name', 'auto_generate', 'user'],
  'GET /conversations/{}/variables': ['user', 'last_id', 'limit', 'variable_name'],
  'PUT /conversations/{}/variables/{}': ['value', 'user'],
  'POST /files/upload': ['file', 'user'],
  'GET /files/{}/preview': ['user', 'as_attachment'],
  'POST /audio-to-text': ['file', 'user'],
  'POST /text-to-audio': ['message_id', 'text', 'user', 'voice', 'streaming'],
  'GET /parameters': [],
  'GET /info': [],
  'GET /meta': [],
  'GET /site': [],
  'GET /': [],
  'GET /apps/annotations': [...PAGES, 'keyword'],
  'POST /apps/annotations': ANNOTATION,
  'PUT /apps/annotations/{}': ANNOTATION,
  'DELETE /apps/annotations/{}': [],
  'POST /apps/annotation-reply/{}': ['score_threshold', 'embedding_provider_name', 'embedding_model_name'],
  'GET /apps/annotation-reply/{}/status/{}': [],
  'GET /end-users/{}': [],
  'POST /completion-messages': [],
  'POST /completion-messages/{}/stop': [],
  'POST /workflows/run': [],
  'POST /workflows/{}/run': [],
  'GET /workflows/run/{}': [],
  'POST /workflows/tasks/{}/stop': [],
  'GET /workflows/logs': [],
  'GET /workflow/{}/events': [],
  'GET /form/human_input/{}': [],
  'POST /form/human_input/{}': [],
};

/** How much of an operation there is: all of it, not every field, a refusal as Dify's own chat apps give it, or nothing. */
export type Support = 'full' | 'part' | 'refused' | 'none';

/** One of Dify's operations and what the server's own description says of it. */
export interface Compatibility {
  readonly operation: string;
  /** Of the server; empty where it has none. */
  readonly id: string;
  readonly support: Support;
  readonly fields: readonly string[];
  readonly missing: readonly string[];
  /** Fields that Dify does not know. */
  readonly added: readonly string[];
}

/** Dify's operations, as far as the server offers them. */
export function compatibilityOf(document: ApiDocument): readonly Compatibility[] {
  const offered = new Map(wireOperations(document).map((operation) => [operation.key, operation]));
  return Object.entries(DIFY_OPERATIONS).map(([operation, wanted]) =>
    compared(operation, wanted, offered.get(operation)),
  );
}

function compared(operation: string, wanted: readonly string[], offered: WireOperation | undefined): Compatibility {
  const isRefused = offered?.group === 'refused';
  const there = (offered?.fields ?? []).filter((field) => field.in !== 'path').map(({ name }) => name);
  const missing = offered ? wanted.filter((name) => !there.includes(name)) : [];
  const support = !offered ? 'none' : isRefused ? 'refused' : missing.length > 0 ? 'part' : 'full';
  return {
    ...{ operation, id: offered?.id ?? '', support, missing },
    fields: wanted.filter((name) => there.includes(name)),
    added: isRefused ? [] : there.filter((name) => !wanted.includes(name)),
  };
}
