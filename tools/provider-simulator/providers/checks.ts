import { isObject, type JsonObject } from '../chat-request.ts';
import { invalid } from '../openai/openai-refusal.ts';

/** Refuses a number outside of what this provider takes. @throws OpenAiRefusal */
export function checkBetween(
  body: JsonObject,
  name: string,
  isInside: (value: number) => boolean,
  range: string,
): void {
  const value = body[name];
  if (typeof value === 'number' && !isInside(value)) throw invalid(`'${name}' must be in ${range}`, name);
}

/** Refuses parameters by name. @throws OpenAiRefusal */
export function checkAbsent(body: JsonObject, names: readonly string[]): void {
  for (const name of names) {
    if (body[name] !== undefined) throw invalid(`'${name}' is not supported by this model`, name);
  }
}

/** Refuses a switch of thinking that is none of these. @throws OpenAiRefusal */
export function checkThinkingType(body: JsonObject, types: readonly string[]): void {
  const { thinking } = body;
  if (thinking === undefined) return;
  const type = isObject(thinking) ? thinking['type'] : undefined;
  if (!types.includes(String(type))) throw invalid(`thinking.type must be one of ${types.join(', ')}`, 'thinking');
}

/** Refuses an effort that is none of these. @throws OpenAiRefusal */
export function checkEffort(body: JsonObject, efforts: readonly string[]): void {
  const effort = body['reasoning_effort'];
  if (effort === undefined || efforts.some((one) => one === effort)) return;
  throw invalid(`reasoning_effort must be one of ${efforts.join(', ')}`, 'reasoning_effort');
}

/** Whether the request turns thinking off. */
export function isThinkingOff({ thinking }: JsonObject): boolean {
  return isObject(thinking) && thinking['type'] === 'disabled';
}

/** Refuses an assistant's tool calls without what it thought before them; an empty text will do. @throws OpenAiRefusal */
export function checkReasoningBack(body: JsonObject, words: (index: number) => string): void {
  const messages = body['messages'] as JsonObject[];
  messages.forEach((message, index) => {
    if (!Array.isArray(message['tool_calls']) || typeof message['reasoning_content'] === 'string') return;
    throw invalid(words(index), `messages[${index}].reasoning_content`);
  });
}
