/** A message as scenarios see it, whatever the wire. */
export interface ChatMessage {
  readonly role: string;
  /** The text parts together. */
  readonly text: string;
  /** As received. */
  readonly content: unknown;
}

export interface OfferedTool {
  readonly name: string;
  readonly parameters: unknown;
}

/** A chat request as scenarios see it, whatever the wire. */
export interface ChatRequest {
  readonly model: string;
  readonly messages: readonly ChatMessage[];
  /** Empty when the caller forbids calling them. */
  readonly tools: readonly OfferedTool[];
  /** The longest answer in tokens, when asked for. */
  readonly limit: number | undefined;
}

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @returns the text of a message's content: a string, or the text parts of a list. */
export function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .map((part: unknown) => (isObject(part) && typeof part['text'] === 'string' ? part['text'] : ''))
    .join('');
}

/** @returns what the user said last. */
export function lastUserText(request: ChatRequest): string {
  return request.messages.findLast((message) => message.role === 'user')?.text ?? '';
}

/** @returns the tool results that came after the user last spoke. */
export function resultsOfTurn(request: ChatRequest): readonly ChatMessage[] {
  const start = request.messages.findLastIndex((message) => message.role === 'user') + 1;
  return request.messages.slice(start).filter((message) => message.role === 'tool');
}

/** @returns the prompt's size in the simulator's own, repeatable tokens: four a message and one per four characters. */
export function promptTokens(request: ChatRequest): number {
  return request.messages.reduce((sum, message) => sum + 4 + Math.ceil(message.text.length / 4), 0);
}
