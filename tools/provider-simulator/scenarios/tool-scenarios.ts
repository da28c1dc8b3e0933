import type { ChatRequest } from '../chat-request.ts';
import { planOf, type Plan, type ToolCall } from '../plan.ts';
import { cutText, textPiece, thinkingPieces } from '../text.ts';
import { answerFromResults, callOf, chosenCalls, hasResults } from '../tool-calls.ts';
import { chat, type ChatScenario, type Wire } from './scenario.ts';

const OPENAI_ONLY: readonly Wire[] = ['openai'];

/** Tool calls, right and wrong; after the tool results each answers with a digest of them. */
export const TOOL_SCENARIOS: readonly ChatScenario[] = [
  tools('sim-tools', 'two parallel calls, or all that the user names (call:NAME {JSON}), then text', (request) =>
    chosenCalls(request, 2),
  ),
  tools('sim-tool-once', 'one call, then text', one),
  chat(
    'sim-tool-loop',
    'a call in every answer for as long as tools are offered',
    ({ request }) => callsOrText(request, one(request)),
    { readsRequest: true },
  ),
  tools('sim-tool-thought', 'a sentence of text before its one call', one, {
    pieces: [textPiece('我先看一下 this host. ')],
  }),
  tools('sim-reasoning-tools', 'reasoning before its one call', one, { pieces: thinkingPieces(5, 0) }),
  tools('sim-tool-unknown', 'calls a tool that was not offered', (request) =>
    request.tools.length === 0 ? [] : [callOf('no_such_tool', '{"target":"node-7"}')],
  ),
  tools(
    'sim-tool-bad-json',
    'arguments that are not JSON',
    (request) => withArguments(request, '{"path": /var/log, oops'),
    {},
    OPENAI_ONLY,
  ),
  tools(
    'sim-tool-truncated',
    'arguments cut off by the token limit (finish reason length)',
    (request) => withArguments(request, '{"path": "/var/lo'),
    { finish: 'length' },
    OPENAI_ONLY,
  ),
  tools('sim-tool-no-id', 'a call without an id', (request) => one(request).map((call) => ({ ...call, id: null }))),
  tools(
    'sim-tool-object-args',
    'arguments as an object instead of a string',
    one,
    { objectArguments: true },
    OPENAI_ONLY,
  ),
];

/** A scenario that calls tools once a turn. */
function tools(
  name: string,
  about: string,
  calls: (request: ChatRequest) => ToolCall[],
  changes: Partial<Plan> = {},
  wires?: readonly Wire[],
): ChatScenario {
  return chat(
    name,
    about,
    ({ request }) => callsOrText(request, hasResults(request) ? [] : calls(request), changes),
    wires ? { readsRequest: true, wires } : { readsRequest: true },
  );
}

function callsOrText(request: ChatRequest, calls: ToolCall[], changes: Partial<Plan> = {}): Plan {
  if (calls.length === 0) return planOf(cutText(answerFromResults(request)));
  return planOf([], { finish: 'tool_calls', ...changes, calls });
}

function one(request: ChatRequest): ToolCall[] {
  return chosenCalls(request, 1).slice(0, 1);
}

function withArguments(request: ChatRequest, argumentsText: string): ToolCall[] {
  return one(request).map((call) => ({ ...call, arguments: argumentsText }));
}
