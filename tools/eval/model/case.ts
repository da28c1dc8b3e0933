import { isObject, type JsonObject, textOf } from '../../provider-simulator/chat-request.ts';
import type { Language } from '../incident.ts';
import { languageOf } from '../score/text.ts';

/** A tool call that the model wants. */
export interface Call {
  readonly name: string;
  readonly input: JsonObject;
}

/** A call that was made, and what came back. */
export interface Look extends Call {
  readonly step: number;
  readonly data: JsonObject;
  readonly text: string;
}

/** A registered source, as the system prompt names it. */
export interface NamedSource {
  readonly name: string;
  readonly kind: string;
  readonly about: string;
}

const RESULT = /<tool_result step="(\d+)" id="([0-9a-f]+)">\n([^]*)\n<\/tool_result id="\2">/;
const SOURCE = /^- (\S+) \(([a-z_]+)[^)]*\)(?:: (.*))?$/gm;

/** All that a model knows of a case: the conversation and the tools, as the wire brings them. */
export class Case {
  readonly question: string;
  readonly language: Language;
  readonly sources: readonly NamedSource[];
  readonly looks: readonly Look[];
  /** How often it has answered with calls. */
  readonly rounds: number;
  private readonly tools: ReadonlySet<string>;
  private readonly made: ReadonlySet<string>;

  constructor(messages: readonly JsonObject[], tools: readonly string[]) {
    const start = messages.findLastIndex(({ role }) => role === 'user');
    const turn = messages.slice(start + 1);
    const system = messages.filter(({ role }) => role === 'system' || role === 'developer');
    const told = system.map(({ content }) => textOf(content)).join('\n');
    this.question = textOf(messages[start]?.['content']);
    this.language = languageOf(this.question);
    this.tools = new Set(tools);
    this.sources = [...told.matchAll(SOURCE)].map(([, name = '', kind = '', about = '']) => ({ name, kind, about }));
    const calls = callsIn(turn);
    this.rounds = turn.filter(({ role }) => role === 'assistant').length;
    this.made = new Set([...calls.values()].map(keyOf));
    this.looks = turn.filter(({ role }) => role === 'tool').flatMap((message) => lookIn(message, calls));
  }

  offers(tool: string): boolean {
    return this.tools.has(tool);
  }

  ofKind(...kinds: readonly string[]): NamedSource[] {
    return this.sources.filter(({ kind }) => kinds.includes(kind));
  }

  /** What a tool has answered so far. */
  looksBy(...tools: readonly string[]): Look[] {
    return this.looks.filter(({ name }) => tools.includes(name));
  }

  hasMade(call: Call): boolean {
    return this.made.has(keyOf(call));
  }

  /** Whether the question is about one of these. */
  asksFor(words: RegExp): boolean {
    return words.test(this.question);
  }
}

function callsIn(messages: readonly JsonObject[]): Map<string, Call> {
  const all = messages.flatMap(({ tool_calls: calls }): unknown[] => (Array.isArray(calls) ? calls : []));
  return new Map(
    all.filter(isObject).map((call) => {
      const called = call['function'] as JsonObject;
      return [String(call['id']), { name: String(called['name']), input: objectIn(String(called['arguments'])) }];
    }),
  );
}

function lookIn(message: JsonObject, calls: ReadonlyMap<string, Call>): Look[] {
  const call = calls.get(String(message['tool_call_id']));
  const [, step, , text] = RESULT.exec(textOf(message['content'])) ?? [];
  // What does not come between the marks of a result is nothing that a tool has shown.
  if (!call || step === undefined || text === undefined) return [];
  return [{ ...call, step: Number(step), text, data: objectIn(text) }];
}

function objectIn(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

function keyOf({ name, input }: Call): string {
  const sorted = Object.entries(input).sort(([a], [b]) => (a < b ? -1 : 1));
  return `${name} ${JSON.stringify(sorted)}`;
}
