import { createHash } from 'node:crypto';
import { isObject, lastUserText, resultsOfTurn, type ChatRequest, type OfferedTool } from './chat-request.ts';
import type { ToolCall } from './plan.ts';

// Counting from the clock keeps ids of an earlier process from coming back in a stored conversation.
let lastCallId = Date.now() * 1000;

/** @returns a call with an id no other call has. */
export function callOf(name: string, argumentsText: string): ToolCall {
  lastCallId += 1;
  return { id: `call_${lastCallId.toString(36).padStart(24, '0')}`, name, arguments: argumentsText };
}

/**
 * The calls a model makes for this request: all that the user names (`call:host_inspect {"part":"memory"}`),
 * else `howMany` of the offered tools, those without required arguments first.
 */
export function chosenCalls(request: ChatRequest, howMany: number): ToolCall[] {
  if (request.tools.length === 0) return [];
  const named = namedCalls(lastUserText(request));
  if (named.length > 0) return named.map((call) => callOf(call.name, call.arguments));
  const byEase = [...request.tools].sort((a, b) => requiredOf(a.parameters).length - requiredOf(b.parameters).length);
  return byEase.slice(0, howMany).map((tool) => callOf(tool.name, JSON.stringify(sampleArguments(tool))));
}

/** @returns whether this turn already has tool results. */
export function hasResults(request: ChatRequest): boolean {
  return resultsOfTurn(request).length > 0;
}

/** @returns the first 12 hex digits of the text's SHA-256, as `sim-tools` quotes results. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

/** @returns the final text of a tool scenario: a digest of every result of this turn, in order. */
export function answerFromResults(request: ChatRequest): string {
  const results = resultsOfTurn(request);
  if (results.length === 0) return '没有可用的工具。 No tool was offered.';
  const lines = results.map((result, index) => {
    const start = Array.from(result.text).slice(0, 40).join('');
    return `${index + 1}. ${result.text.length} characters, digest ${digestOf(result.text)}: ${JSON.stringify(start)}`;
  });
  return `工具结果 (${results.length}):\n${lines.join('\n')}`;
}

function namedCalls(text: string): { name: string; arguments: string }[] {
  return Array.from(text.matchAll(/call:([A-Za-z0-9_-]+)[ \t]*/g), (match) => ({
    name: match[1],
    arguments: jsonObjectAt(text, match.index + match[0].length) ?? '{}',
  }));
}

/** @returns the JSON object that begins there, as written, or undefined. */
function jsonObjectAt(text: string, start: number): string | undefined {
  if (text[start] !== '{') return undefined;
  let depth = 0;
  let quoted = false;
  for (let index = start; index < text.length; index += 1) {
    const character = text[index];
    if (quoted && character === '\\') index += 1;
    else if (character === '"') quoted = !quoted;
    else if (!quoted && character === '{') depth += 1;
    else if (!quoted && character === '}') depth -= 1;
    if (depth === 0) return text.slice(start, index + 1);
  }
  return undefined;
}

function requiredOf(schema: unknown): string[] {
  const required = isObject(schema) ? schema['required'] : undefined;
  return Array.isArray(required) ? required.filter((name): name is string => typeof name === 'string') : [];
}

function sampleArguments(tool: OfferedTool): unknown {
  const properties = isObject(tool.parameters) ? tool.parameters['properties'] : undefined;
  const known = isObject(properties) ? properties : {};
  return Object.fromEntries(requiredOf(tool.parameters).map((name) => [name, sampleOf(known[name])]));
}

/** @returns a small value that fits the JSON schema's outline. */
function sampleOf(schema: unknown): unknown {
  if (!isObject(schema)) return 'sample';
  const choices = schema['enum'];
  if (Array.isArray(choices)) return choices[0];
  if (schema['const'] !== undefined) return schema['const'];
  switch (schema['type']) {
    case 'object':
      return sampleArguments({ name: '', parameters: schema });
    case 'array':
      return [sampleOf(schema['items'])];
    case 'number':
    case 'integer':
      return typeof schema['minimum'] === 'number' ? schema['minimum'] : 1;
    case 'boolean':
      return true;
    default:
      return 'sample';
  }
}
