import { isObject, type ChatRequest, type JsonObject } from '../chat-request.ts';
import { planOf, type Plan, type ToolCall } from '../plan.ts';
import { cutText, type Piece } from '../text.ts';
import { callOf } from '../tool-calls.ts';
import { chat, type ChatScenario } from './scenario.ts';

const MARK = 'script:';

/**
 * Answers by the user's own script, which may be as hostile as a model can be: the message ends with `script:` and a JSON
 * list, one item for each answer of the turn, `{"reasoning", "text", "calls": [{"id", "name", "arguments"}], "finish", "gap_ms"}`.
 * `arguments` is a text or a value, in which `$PAD` stands for `pad` characters. After the last item it says how many answers it gave; with `"again": true` the last item is given forever.
 */
export const SCRIPT_SCENARIO: ChatScenario = chat(
  'sim-script',
  'what the user’s message ends with: script: and a JSON list, one item an answer',
  ({ request }) => answerOf(request),
  { readsRequest: true },
);

function answerOf(request: ChatRequest): Plan {
  const start = request.messages.findLastIndex(({ role, text }) => role === 'user' && text.includes(MARK));
  const given = request.messages.slice(start + 1).filter(({ role }) => role === 'assistant').length;
  const script = scriptIn(request.messages[start]?.text ?? '');
  const last = script.at(-1);
  const item = script[given] ?? (last?.['again'] === true ? last : undefined);
  return item ? planFrom(item) : planOf(cutText(`Done after ${given} answers.`));
}

function scriptIn(text: string): JsonObject[] {
  const [line] = text.slice(text.lastIndexOf(MARK) + MARK.length).split('\n');
  const list: unknown = JSON.parse(line || '[]');
  return Array.isArray(list) ? list.filter(isObject) : [];
}

function planFrom(item: JsonObject): Plan {
  const calls = Array.isArray(item['calls']) ? item['calls'].filter(isObject).map(callFrom) : [];
  const usual = calls.length > 0 ? 'tool_calls' : 'stop';
  return planOf([...thoughts(item), ...cutText(textIn(item['text']))], {
    calls,
    finish: (item['finish'] as Plan['finish'] | undefined) ?? usual,
    gapMs: typeof item['gap_ms'] === 'number' ? item['gap_ms'] : 0,
  });
}

function thoughts(item: JsonObject): Piece[] {
  return cutText(textIn(item['reasoning'])).map((piece) => ({ ...piece, kind: 'reasoning' }));
}

function callFrom(call: JsonObject): ToolCall {
  const written = call['arguments'] ?? {};
  const told = typeof written === 'string' ? written : JSON.stringify(written);
  const text = told.replace('$PAD', 'x'.repeat(Number(call['pad'] ?? 0)));
  const made = callOf(textIn(call['name']), text);
  return 'id' in call ? { ...made, id: typeof call['id'] === 'string' ? call['id'] : null } : made;
}

function textIn(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
