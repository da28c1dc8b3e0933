import { thoughtId } from './thought-id.js';

/** One tool call of a round, as far as it has come. */
export interface CalledTool {
  tool: string;
  label: { en: string; zh: string };
  /** JSON text. */
  input: string;
  observation: string | null;
}

/** What the model said in one round and which tools it called: one thought of Dify's. */
export interface Round {
  round: number;
  text: string;
  steps: readonly CalledTool[];
}

/** The fields of a thought that the stream and the history share. Texts are empty, never null. */
export interface Thought {
  id: string;
  position: number;
  thought: string;
  observation: string;
  tool: string;
  tool_labels: Record<string, { en_US: string; zh_Hans: string }>;
  tool_input: string;
}

export function thoughtOf(messageId: string, { round, text, steps }: Round): Thought {
  const observed = steps.filter((step) => step.observation !== null);
  return {
    id: thoughtId(messageId, round),
    position: round,
    thought: text,
    observation: byTool(observed.map(({ tool, observation }) => [tool, observation])),
    tool: steps.map(({ tool }) => tool).join(';'),
    tool_labels: Object.fromEntries(steps.map(({ tool, label }) => [tool, { en_US: label.en, zh_Hans: label.zh }])),
    tool_input: byTool(steps.map(({ tool, input }) => [tool, jsonOf(input)])),
  };
}

/** JSON text of `{tool: value}`; a tool called twice in one round has a list of its values, so that none is lost. */
function byTool(pairs: readonly (readonly [string, unknown])[]): string {
  if (pairs.length === 0) return '';
  const values = Map.groupBy(pairs, ([tool]) => tool);
  const merged = [...values].map(([tool, own]) => [
    tool,
    own.length === 1 ? own[0]?.[1] : own.map(([, value]) => value),
  ]);
  return JSON.stringify(Object.fromEntries(merged));
}

/** Arguments as the model wrote them: JSON as a rule, and its very words when they are none. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
