import { isObject, type JsonObject } from '../chat-request.ts';
import { emptyArray, invalid, missing, requireString, wrongType, wrongValue } from './openai-refusal.ts';

const ROLES = ['system', 'assistant', 'user', 'function', 'tool', 'developer'];
const PART_TYPES = ['text', 'image_url', 'input_audio', 'refusal', 'audio', 'file'];

/** Checks the conversation as OpenAI does. @throws OpenAiRefusal */
export function checkMessages(messages: unknown): asserts messages is JsonObject[] {
  if (messages === undefined) throw missing('messages');
  if (!Array.isArray(messages)) throw wrongType('messages', 'an array of objects', messages);
  if (messages.length === 0) throw emptyArray('messages');
  messages.forEach(checkMessage);
  checkToolOrder(messages);
}

function checkMessage(message: unknown, index: number): void {
  const path = `messages[${index}]`;
  if (!isObject(message)) throw wrongType(path, 'an object', message);
  const role = message['role'];
  if (role === undefined) throw missing(`${path}.role`);
  if (typeof role !== 'string' || !ROLES.includes(role)) throw wrongValue(`${path}.role`, role, ROLES);
  if (role === 'assistant') checkCalls(message['tool_calls'], path);
  if (role === 'tool') requireString(message['tool_call_id'], `${path}.tool_call_id`);
  checkContent(message, path);
}

function checkContent(message: JsonObject, path: string): void {
  const content = message['content'];
  if (content === undefined || content === null) {
    if (message['role'] === 'assistant' && (message['tool_calls'] !== undefined || message['refusal'])) return;
    throw invalid(`Invalid value for 'content': expected a string, got null.`, `${path}.content`);
  }
  if (typeof content === 'string') return;
  if (!Array.isArray(content)) throw wrongType(`${path}.content`, 'one of a string or array of objects', content);
  if (content.length === 0) throw emptyArray(`${path}.content`);
  content.forEach((part, index) => checkPart(part, `${path}.content[${index}]`));
}

function checkPart(part: unknown, path: string): void {
  if (!isObject(part)) throw wrongType(path, 'an object', part);
  const type = part['type'];
  if (type === undefined) throw missing(`${path}.type`);
  if (typeof type !== 'string' || !PART_TYPES.includes(type)) throw wrongValue(`${path}.type`, type, PART_TYPES);
  if (type === 'text') requireString(part['text'], `${path}.text`);
  if (type !== 'image_url') return;
  const image = part['image_url'];
  if (!isObject(image)) throw wrongType(`${path}.image_url`, 'an object', image);
  requireString(image['url'], `${path}.image_url.url`);
}

function checkCalls(calls: unknown, path: string): void {
  if (calls === undefined) return;
  const field = `${path}.tool_calls`;
  if (!Array.isArray(calls)) throw wrongType(field, 'an array of objects', calls);
  if (calls.length === 0) throw emptyArray(field);
  calls.forEach((call: unknown, index) => {
    const at = `${field}[${index}]`;
    if (!isObject(call)) throw wrongType(at, 'an object', call);
    requireString(call['id'], `${at}.id`);
    if (call['type'] === undefined) throw missing(`${at}.type`);
    if (call['type'] !== 'function') throw wrongValue(`${at}.type`, call['type'], ['function']);
    const called = call['function'];
    if (!isObject(called)) throw wrongType(`${at}.function`, 'an object', called);
    requireString(called['name'], `${at}.function.name`);
    requireString(called['arguments'], `${at}.function.arguments`);
  });
}

/** Every call is answered before anyone else speaks, and every answer belongs to a call. */
function checkToolOrder(messages: readonly JsonObject[]): void {
  let open = new Set<string>();
  let afterCalls = false;
  messages.forEach((message, index) => {
    if (message['role'] === 'tool') {
      const id = String(message['tool_call_id']);
      if (!afterCalls) throw strayResult(index);
      if (!open.delete(id)) throw unknownCall(id, index);
      return;
    }
    if (open.size > 0) throw unanswered(open, index);
    const calls = Array.isArray(message['tool_calls']) ? (message['tool_calls'] as JsonObject[]) : [];
    afterCalls = calls.length > 0;
    open = new Set(calls.map((call) => String(call['id'])));
  });
  if (open.size > 0) throw unanswered(open, messages.length);
}

function strayResult(index: number): Error {
  return invalid(
    "Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.",
    `messages.[${index}].role`,
  );
}

function unknownCall(id: string, index: number): Error {
  return invalid(
    `Invalid parameter: 'tool_call_id' of '${id}' not found in 'tool_calls' of previous message.`,
    `messages.[${index}].tool_call_id`,
  );
}

function unanswered(open: ReadonlySet<string>, index: number): Error {
  const ids = Array.from(open).join(', ');
  return invalid(
    `An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: ${ids}`,
    `messages.[${index}].role`,
  );
}
