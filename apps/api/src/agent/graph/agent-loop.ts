import { OpsChatModel } from '../../llm-config/langchain/ops-chat-model.js';
import { toAiMessage, toLangChain } from '../../llm-config/langchain/messages.js';
import { AIMessage, HumanMessage, ToolMessage, type BaseMessage } from '@langchain/core/messages';
import { Annotation, END, START, StateGraph, type LangGraphRunnableConfig } from '@langchain/langgraph';
import type { FoldedAnswer } from '../../llm-config/wire/folded-answer.js';
import type { ChatModel, ModelDelta, ModelMessage, ToolCall } from '../../llm-config/wire/model-wire.js';
import type { AgentTurn, EmitTurnEvents } from '../agent-runner.js';
import { checkEnd } from '../answer-check.js';
import { eventsOf } from '../delta-events.js';
import { runToolRound, type ToolTurn } from '../tool-round.js';
import type { OfferedTools } from '../tools/tool-registry.js';
import { TurnBudget } from '../turn-budget.js';

/** A turn whose model has asked for its first tools. */
export interface LoopStart {
  readonly model: ChatModel;
  readonly turn: AgentTurn;
  readonly tools: OfferedTools;
  readonly messages: readonly ModelMessage[];
  readonly first: FoldedAnswer;
  readonly emit: EmitTurnEvents;
  readonly signal: AbortSignal;
}

/** What the nodes of one run share; handed over beside the graph's state, which only holds messages. */
interface LoopRun extends ToolTurn {
  readonly chat: OpsChatModel;
  readonly turn: AgentTurn;
  round: number;
}

const State = Annotation.Root({
  messages: Annotation<BaseMessage[]>({ reducer: (before, added) => before.concat(added), default: () => [] }),
});
type LoopState = typeof State.State;

const ANSWER_NOW =
  'No more tools can be called for this answer. Answer now with what you have found out, and say what is missing.';

/** The graph always ends by the budget; this is only the net below it. */
const RECURSION_LIMIT = 100;

/** Tools and model in turns until the model answers; compiled once, used by every run. */
export class AgentLoop {
  private readonly chats = new WeakMap<ChatModel, OpsChatModel>();
  private readonly graph = new StateGraph(State)
    .addNode('tools', callTools)
    .addNode('model', askModel)
    .addEdge(START, 'tools')
    .addEdge('tools', 'model')
    .addConditionalEdges('model', ({ messages }) => (callsOf(messages.at(-1)).length > 0 ? 'tools' : END), [
      'tools',
      END,
    ])
    .compile();

  /** Goes on from the model's first answer, which asks for tools. */
  async run({ model, turn, tools, messages, first, emit, signal }: LoopStart): Promise<void> {
    const budget = new TurnBudget();
    budget.countModelCall();
    const run: LoopRun = { chat: this.chatOf(model), turn, tools, budget, emit, signal, steps: 0, round: 1 };
    const start = [...messages.map(toLangChain), toAiMessage(first)];
    try {
      await this.graph.invoke({ messages: start }, { configurable: { run }, recursionLimit: RECURSION_LIMIT });
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    }
  }

  private chatOf(model: ChatModel): OpsChatModel {
    let chat = this.chats.get(model);
    if (!chat) this.chats.set(model, (chat = new OpsChatModel(model)));
    return chat;
  }
}

async function callTools({ messages }: LoopState, config: LangGraphRunnableConfig): Promise<Partial<LoopState>> {
  const run = runOf(config);
  const observations = await runToolRound(run, run.round, callsOf(messages.at(-1)));
  return {
    messages: observations.map(
      ({ call, text }) => new ToolMessage({ content: text, tool_call_id: call.id, name: call.name }),
    ),
  };
}

async function askModel({ messages }: LoopState, config: LangGraphRunnableConfig): Promise<Partial<LoopState>> {
  const run = runOf(config);
  const isLast = run.budget.isUsedUp;
  const asked = isLast ? [...messages, new HumanMessage(ANSWER_NOW)] : messages;
  run.round += 1;
  run.budget.countModelCall();
  const answer = await run.chat.invoke(asked, {
    signal: run.signal,
    onDeltas: (deltas: readonly ModelDelta[]) => run.emit(eventsOf(deltas)),
    ...(isLast ? {} : { tools: run.tools.specs.map((spec) => ({ type: 'function', function: spec })) }),
  });
  checkEnd(run.turn.model, { text: answer.text, finish: finishOf(answer) });
  // Whatever a model makes of the last call: it is the last.
  return { messages: [isLast ? new AIMessage(answer.text) : answer] };
}

function runOf(config: LangGraphRunnableConfig): LoopRun {
  return config.configurable?.run as LoopRun;
}

/** Every call of an answer, those with broken arguments included: each must be answered. */
function callsOf(message: BaseMessage | undefined): ToolCall[] {
  if (!AIMessage.isInstance(message)) return [];
  const good = (message.tool_calls ?? []).map(({ id = '', name, args }) => ({
    id,
    name,
    arguments: JSON.stringify(args),
  }));
  const bad = (message.invalid_tool_calls ?? []).map(({ id = '', name = '', args = '' }) => ({
    id,
    name,
    arguments: args,
  }));
  return [...good, ...bad];
}

function finishOf(answer: BaseMessage): FoldedAnswer['finish'] {
  return (answer.response_metadata as { finish_reason?: FoldedAnswer['finish'] }).finish_reason;
}
