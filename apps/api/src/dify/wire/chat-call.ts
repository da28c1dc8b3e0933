import { FILE_TRANSFER, type FileTransfer } from '@opsagent/contracts';
import { flag, isObject, type JsonObject, optionalId, requiredUser } from './read.js';
import { InvalidParam } from './dify-error.js';

/** What a valid `POST /v1/chat-messages` asks for. */
export interface ChatCall {
  user: string;
  query: string;
  /** As sent; the app's form says what counts of them. */
  inputs: JsonObject;
  isStreaming: boolean;
  conversationId: string | null;
  modelConfigId: string | null;
  files: FileCall[];
  /** Whether a title may be found for a new conversation. */
  isNamed: boolean;
}

/** A file that a question names; what is not said is null. */
export interface FileCall {
  transferMethod: FileTransfer;
  type: string | null;
  url: string | null;
  uploadId: unknown;
}

/** Checks a body in Dify's order; what we do not know is ignored. @throws InvalidParam */
export function readChatCall(body: JsonObject): ChatCall {
  const user = requiredUser(body['user']);
  const inputs = readInputs(body);
  const files = readFiles(body['files']);
  const isNamed = flag(body['auto_generate_name'], 'auto_generate_name', true);
  return {
    user,
    inputs,
    conversationId: optionalId(body['conversation_id'], 'conversation_id'),
    modelConfigId: optionalId(body['model_config_id'], 'model_config_id'),
    isStreaming: isStreaming(body['response_mode']),
    query: readQuery(body['query']),
    files,
    isNamed,
  };
}

/** Items that do not say how they come, or from where, are dropped, as Dify does. */
function readFiles(value: unknown): FileCall[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value) || !value.every(isObject)) throw new InvalidParam('files must be a list of objects.');
  return value.flatMap((item): FileCall[] => {
    const transferMethod = FILE_TRANSFER.values.find((method) => method === item['transfer_method']);
    const url = [item['url'], item['remote_url']].find((text) => typeof text === 'string' && text !== '');
    if (transferMethod === undefined || (transferMethod === 'remote_url' && url === undefined)) return [];
    const type = typeof item['type'] === 'string' ? item['type'] : null;
    return [{ transferMethod, type, url: (url as string | undefined) ?? null, uploadId: item['upload_file_id'] }];
  });
}

/** The older system's clients send no `inputs`; they are told by the `model_config_id` that only they send. */
function readInputs(body: JsonObject): JsonObject {
  const inputs = body['inputs'];
  if (inputs === undefined && Object.hasOwn(body, 'model_config_id')) return {};
  if (!isObject(inputs)) throw new InvalidParam('inputs is required and must be an object.');
  return inputs;
}

function isStreaming(mode: unknown): boolean {
  if (mode === undefined || mode === null) return false;
  if (mode !== 'streaming' && mode !== 'blocking') {
    throw new InvalidParam('response_mode must be "streaming" or "blocking".');
  }
  return mode === 'streaming';
}

function readQuery(value: unknown): string {
  if (value !== undefined && value !== null && typeof value !== 'string')
    throw new InvalidParam('query must be a string.');
  const query = (value ?? '').replaceAll('\0', '');
  if (query === '') throw new InvalidParam('query is required');
  return query;
}
