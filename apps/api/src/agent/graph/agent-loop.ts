import { OpsChatModel } from '../../llm-config/langchain/ops-chat-model.js';
import { toLangChain } from '../../llm-config/langchain/messages.js';
import { AIMessage, HumanMessage, ToolMessage, type BaseMessage } from '@langchain/core/messages';
import { Annotation, END, START, StateGraph, type LangGraphRunnableConfig } from '@langchain/langgraph';
import type { FoldedAnswer } from '../../llm-config/wire/folded-answer.js';
import {
  type ChatModel,
  type ModelDelta,
  type ModelMessage,
  UpstreamFailed,
} from '../../llm-config/wire/model-wire.js';
import type { AgentTurn, BegunStep, TurnEvent } from '../agent-runner.js';
import { checkEnd } from '../answer-check.js';
import { eventsOf } from '../delta-events.js';
import { goOnWithRound } from '../loop/begun-steps.js';
import { type AskedFor, assistantMessage } from '../loop/own-calls.js';
import { questionsOf } from '../loop/questions.js';
import type { Observed } from '../loop/run-step.js';
import { runToolRound } from '../loop/tool-round.js';
import type { ToolTurn } from '../loop/tool-turn.js';
import { untrusted } from '../safety/untrusted.js';
import { askedFor } from './asked-for.js';
import { fitting } from './fitting.js';

/** A turn whose model has asked for tools. */
export interface LoopStart extends ToolTurn {
  readonly model: ChatModel;
  readonly turn: AgentTurn;
  readonly messages: readonly ModelMessage[];
  /** What the model has just asked for, or where the turn was left. */
  readonly from: AskedFor | readonly BegunStep[];
}

/** What the nodes of one run share; handed over beside the graph's state, which only holds messages. */
interface LoopRun extends ToolTurn {
  readonly chat: OpsChatModel;
  readonly turn: AgentTurn;
  /** The calls to be made now; those of a turn that is gone on with are known by their steps. */
  now: AskedFor | readonly BegunStep[];
  round: number;
  isOver: boolean;
}

const State = Annotation.Root({
  messages: Annotation<BaseMessage[]>({ reducer: (before, added) => before.concat(added), default: () => [] }),
});
type LoopState = typeof State.State;

const answerNow = (why: string): string =>
  `No more tools can be called for this answer: ${why}. Answer now with what you have found out, and say what is missing.`;
const ANSWER_AGAIN = 'You have not answered. Answer my question now, in words, with what you have found out.';
/** The question to the user is no answer of a call of its own, which would have to be paid for. */
const NO_CALL: TurnEvent = {
  type: 'model_usage',
  usage: { promptTokens: 0, completionTokens: 0, cachedTokens: 0, reasoningTokens: 0, estimated: false },
};
const NO_ANSWER = '(No answer.)';

/** The graph always ends by the budget; this is only the net below it. */
const RECURSION_LIMIT = 100;

/** Tools and model in turns until the model answers; compiled once, used by every run. */
export class AgentLoop {
  private readonly chats = new WeakMap<ChatModel, OpsChatModel>();
  private readonly graph = new StateGraph(State)
    .addNode('round', playRound)
    .addEdge(START, 'round')
    .addConditionalEdges('round', (_, config) => (runOf(config).isOver ? END : 'round'), ['round', END])
    .compile();

  /** Goes on from what the model has asked for. */
  async run({ model, messages, from, ...start }: LoopStart): Promise<void> {
    const round = 'calls' in from ? 1 : Math.max(...from.map((step) => step.round));
    const run: LoopRun = { ...start, chat: this.chatOf(model), now: from, round, isOver: false };
    const asked = 'calls' in from ? [toLangChain(assistantMessage(from))] : [];
    try {
      await this.graph.invoke(
        { messages: [...messages.map(toLangChain), ...asked] },
        { configurable: { run }, recursionLimit: RECURSION_LIMIT },
      );
    } catch (error) {
      start.signal.throwIfAborted();
      throw error;
    }
  }

  private chatOf(model: ChatModel): OpsChatModel {
    let chat = this.chats.get(model);
    if (!chat) this.chats.set(model, (chat = new OpsChatModel(model)));
    return chat;
  }
}

/** Tools and model are one node, because the steps of a graph are the dearest part of a round. */
async function playRound({ messages }: LoopState, config: LangGraphRunnableConfig): Promise<Partial<LoopState>> {
  const run = runOf(config);
  const observed = await callTools(run);
  if (run.isOver) return { messages: observed };
  return { messages: [...observed, ...(await askModel([...messages, ...observed], run))] };
}

async function callTools(run: LoopRun): Promise<BaseMessage[]> {
  const observed =
    'calls' in run.now
      ? await runToolRound(run, run.round, run.now.calls, run.now.text)
      : await goOnWithRound(run, run.now, run.round, run.turn.history.length);
  const questions = questionsOf(observed);
  if (questions !== undefined) {
    run.isOver = true;
    await run.emit([{ type: 'text', delta: questions }, NO_CALL]);
  }
  return observed.map(toolMessage);
}

function toolMessage({ call, text, stepId, position }: Observed): ToolMessage {
  return new ToolMessage({ content: untrusted(text, stepId, position), tool_call_id: call.id, name: call.name });
}

async function askModel(messages: readonly BaseMessage[], run: LoopRun): Promise<BaseMessage[]> {
  const why = run.budget.whyUsedUp;
  const told = fitting(messages, run.turn.model);
  const asked = why === undefined ? told : [...told, new HumanMessage(answerNow(why))];
  const answer = (await ask(run, asked, why === undefined)) ?? (await askAgain(run, asked));
  checkEnd(run.turn.model, { text: answer.text, finish: finishOf(answer) });
  run.round += 1;
  const wanted = askedFor(answer, run.turn.history.length, run.round);
  // Whatever a model makes of the last call: it is the last.
  run.isOver = why !== undefined || wanted.calls.length === 0;
  run.now = wanted;
  return run.isOver ? [] : [toLangChain(assistantMessage(wanted))];
}

/** @throws UpstreamFailed when the model says nothing once more */
async function askAgain(run: LoopRun, asked: readonly BaseMessage[]): Promise<AIMessage> {
  const again = [...asked, new AIMessage(NO_ANSWER), new HumanMessage(ANSWER_AGAIN)];
  const answer = await ask(run, again, false);
  if (answer) return answer;
  const { configName } = run.turn.model;
  throw new UpstreamFailed(
    'empty_answer',
    `The model configuration "${configName}" called tools and then said nothing.`,
  );
}

/** Undefined when the model said nothing at all. */
async function ask(run: LoopRun, messages: BaseMessage[], withTools: boolean): Promise<AIMessage | undefined> {
  run.budget.countModelCall();
  try {
    const answer = await run.chat.invoke(messages, {
      signal: run.signal,
      onDeltas: (deltas: readonly ModelDelta[]) => onDeltas(run, deltas),
      ...(withTools ? { tools: run.tools.specs.map((spec) => ({ type: 'function', function: spec })) } : {}),
    });
    const calls = withTools ? (answer.tool_calls?.length ?? 0) + (answer.invalid_tool_calls?.length ?? 0) : 0;
    return answer.text.trim() === '' && calls === 0 && finishOf(answer) !== 'length' ? undefined : answer;
  } catch (error) {
    if (error instanceof UpstreamFailed && error.fault === 'empty_answer') return undefined;
    throw error;
  }
}

function onDeltas(run: LoopRun, deltas: readonly ModelDelta[]): Promise<void> | void {
  for (const delta of deltas) {
    if (delta.type !== 'usage') continue;
    const price = run.turn.model.pricing.priceOf(delta.usage, new Date());
    run.budget.countUsage(delta.usage, price);
  }
  return run.emit(eventsOf(deltas));
}

function runOf(config: LangGraphRunnableConfig): LoopRun {
  return config.configurable?.run as LoopRun;
}

function finishOf(answer: BaseMessage): FoldedAnswer['finish'] {
  return (answer.response_metadata as { finish_reason?: FoldedAnswer['finish'] }).finish_reason;
}
