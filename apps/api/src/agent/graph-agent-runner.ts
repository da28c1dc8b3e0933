import { Injectable, Logger } from '@nestjs/common';
import { ChatModels } from '../llm-config/chat-models.js';
import { FoldedAnswer } from '../llm-config/wire/folded-answer.js';
import { type ChatModel, type ModelRequest, UpstreamFailed } from '../llm-config/wire/model-wire.js';
import { Clock } from '../platform/clock/clock.js';
import { AgentRunner, type AgentTurn, type EmitTurnEvents } from './agent-runner.js';
import { checkEnd } from './answer-check.js';
import { conversationOf } from './conversation.js';
import { eventsOf } from './delta-events.js';
import type { AgentLoop } from './graph/agent-loop.js';
import { systemPrompt } from './prompt.js';
import { ToolRegistry } from './tools/tool-registry.js';

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
  ) {
    super();
  }

  override async run(turn: AgentTurn, emit: EmitTurnEvents, signal: AbortSignal): Promise<void> {
    const model = await this.models.open(turn.model, turn.user);
    const tools = this.registry.offered(this.withoutTools.has(model.asked) ? [] : turn.tools);
    const system = turn.systemPrompt ?? systemPrompt(this.clock.now(), tools.specs.length > 0);
    const messages = conversationOf(system, turn.history, turn, turn.model);
    const first = await this.ask(model, { messages, tools: tools.specs }, turn, emit, signal);
    const answering = first.answeredBy ?? turn.model;
    checkEnd(answering, first);
    if (first.toolCalls.length === 0) return;
    const loop = await this.openLoop();
    await loop.run({ model, turn: { ...turn, model: answering }, tools, messages, first, emit, signal });
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
