import { Injectable, Logger } from '@nestjs/common';
import { ChatModels } from '../llm-config/chat-models.js';
import { FoldedAnswer } from '../llm-config/wire/folded-answer.js';
import { type ChatModel, type ModelMessage, type ModelRequest, UpstreamFailed } from '../llm-config/wire/model-wire.js';
import { Clock } from '../platform/clock/clock.js';
import { Environment } from '../platform/config/environment.js';
import { AgentRunner, type AgentTurn, type BegunStep, type EmitTurnEvents } from './agent-runner.js';
import { checkEnd } from './answer-check.js';
import { ArtifactStore } from './artifacts/artifact-store.js';
import { conversationOf, roundsOf } from './conversation.js';
import { eventsOf } from './delta-events.js';
import type { AgentLoop } from './graph/agent-loop.js';
import { countBegun } from './loop/begun-steps.js';
import { firstAskedFor } from './loop/own-calls.js';
import type { ToolTurn } from './loop/tool-turn.js';
import { TurnBudget } from './loop/turn-budget.js';
import { OBSERVATION_CHARACTERS, SHARE_OF_OBSERVATION } from './loop/turn-limits.js';
import { charactersOf } from './loop/window.js';
import { systemPrompt, toolRules } from './prompt.js';
import { type OfferedTools, ToolRegistry } from './tools/tool-registry.js';

/**
 * Answers turns: the first model call goes straight over the wire; the graph is entered only when the model asks for tools.
 */
@Injectable()
export class GraphAgentRunner extends AgentRunner {
  private readonly logger = new Logger(GraphAgentRunner.name);
  private loop: Promise<AgentLoop> | undefined;
  /** Models that refused a request because it offered tools. */
  private readonly withoutTools = new WeakSet<ChatModel>();

  constructor(
    private readonly models: ChatModels,
    private readonly registry: ToolRegistry,
    private readonly clock: Clock,
    private readonly environment: Environment,
    private readonly artifacts: ArtifactStore,
  ) {
    super();
  }

  override async run(turn: AgentTurn, emit: EmitTurnEvents, signal: AbortSignal): Promise<void> {
    const model = await this.models.open(turn.model, turn.user);
    const tools = this.registry.offered(this.withoutTools.has(model.asked) ? [] : turn.tools);
    const system =
      turn.systemPrompt === null ? systemPrompt(this.clock.now(), tools) : turn.systemPrompt + toolRules(tools);
    const messages = conversationOf(system, turn.history, turn, turn.model);
    if (turn.begun?.length) {
      const shared = this.sharedBy(turn, tools, emit, signal);
      countBegun(shared, turn.begun);
      const told = [...messages, ...this.before(turn, turn.begun)];
      return (await this.openLoop()).run({ ...shared, model, turn, messages: told, from: turn.begun });
    }
    const first = await this.ask(model, { messages, tools: tools.specs }, turn, emit, signal);
    const answering = first.answeredBy ?? turn.model;
    checkEnd(answering, first);
    if (first.toolCalls.length === 0) return;
    const shared = this.sharedBy(turn, tools, emit, signal);
    shared.budget.countModelCall();
    if (first.usage) shared.budget.countUsage(first.usage, answering.pricing.priceOf(first.usage, this.clock.now()));
    const from = firstAskedFor(first, turn.history.length);
    await (await this.openLoop()).run({ ...shared, model, turn: { ...turn, model: answering }, messages, from });
  }

  /** One model call; a model that takes no tools is asked without them, then and from then on. */
  private async ask(
    model: ChatModel,
    request: ModelRequest,
    turn: AgentTurn,
    emit: EmitTurnEvents,
    signal: AbortSignal,
  ): Promise<FoldedAnswer> {
    try {
      return await stream(model, request, emit, signal);
    } catch (error) {
      if (!request.tools?.length || !isAboutTools(error)) throw error;
      this.logger.warn(`The model of configuration ${turn.model.configId} takes no tools; it is asked without them.`);
      this.withoutTools.add(model.asked);
      return stream(model, { messages: request.messages }, emit, signal);
    }
  }

  private sharedBy(turn: AgentTurn, tools: OfferedTools, emit: EmitTurnEvents, signal: AbortSignal): ToolTurn {
    const { sessionId, runId, messageId, user, asking, model } = turn;
    const environment = this.environment.OPSAGENT_ENVIRONMENT ?? null;
    return {
      ...{ tools, emit, signal, asking, artifacts: this.artifacts, budget: new TurnBudget(), steps: 0 },
      facts: { sessionId, runId, messageId, user, environment },
      observationCharacters: Math.min(OBSERVATION_CHARACTERS, charactersOf(model, SHARE_OF_OBSERVATION)),
    };
  }

  /** What the turn said before it was left, up to the calls of its last round. */
  private before({ history }: AgentTurn, begun: readonly BegunStep[]): ModelMessage[] {
    const rounds = roundsOf(begun, history.length);
    return rounds.slice(0, rounds.findLastIndex(({ role }) => role === 'assistant') + 1);
  }

  /** LangChain and LangGraph are loaded when a model asks for its first tool. */
  private openLoop(): Promise<AgentLoop> {
    return (this.loop ??= import('./graph/agent-loop.js').then(({ AgentLoop }) => new AgentLoop()));
  }
}

async function stream(
  model: ChatModel,
  request: ModelRequest,
  emit: EmitTurnEvents,
  signal: AbortSignal,
): Promise<FoldedAnswer> {
  const answer = new FoldedAnswer();
  for await (const deltas of model.stream(request, signal)) {
    answer.add(deltas);
    const waiting = emit(eventsOf(deltas));
    if (waiting) await waiting;
  }
  return answer;
}

/** Ollama: `… does not support tools`; vLLM: `"auto" tool choice requires --enable-auto-tool-choice …`. */
function isAboutTools(error: unknown): boolean {
  return (
    error instanceof UpstreamFailed &&
    error.fault === 'bad_request' &&
    /\btools?\b/i.test(error.facts.providerMessage ?? '')
  );
}
