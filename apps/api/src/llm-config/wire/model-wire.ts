import type { FaultKind } from '@opsagent/contracts';
import type { UsableModel } from '../chat-models.js';
import { DomainError, type ErrorKind } from '../../platform/errors/domain-error.js';
import type { WithMembers } from '../../platform/errors/problem.js';

/** One message of the conversation as every provider can be told it. */
export type ModelMessage =
  | { role: 'system'; content: string }
  | { role: 'user'; content: string; images?: readonly ModelImage[] }
  | { role: 'assistant'; content: string; reasoning?: string; toolCalls?: readonly ToolCall[] }
  | { role: 'tool'; toolCallId: string; name: string; content: string };

/** An image that a model is shown. */
export interface ModelImage {
  readonly mimeType: string;
  readonly base64: string;
}

/** A tool the model asks for; `arguments` is the JSON text it wrote. */
export interface ToolCall {
  id: string;
  name: string;
  arguments: string;
}

/** A tool the model may ask for; `parameters` is a JSON Schema. */
export interface ToolSpec {
  name: string;
  description: string;
  parameters: Record<string, unknown>;
}

export interface ModelRequest {
  messages: readonly ModelMessage[];
  tools?: readonly ToolSpec[];
}

/** Tokens of one model call. */
export interface ModelUsage {
  promptTokens: number;
  completionTokens: number;
  cachedTokens: number;
  reasoningTokens: number;
  /** The provider reported nothing; the figures come from lengths. */
  estimated: boolean;
}

/** One piece of a model's answer. */
export type ModelDelta =
  | { type: 'text'; text: string }
  | { type: 'reasoning'; text: string }
  /** A piece of a tool call: `id` and `name` come with the first piece of an index, `arguments` pieces are appended. */
  | { type: 'tool_call'; index: number; id?: string; name?: string; arguments: string }
  | { type: 'usage'; usage: ModelUsage }
  /** Another configuration of the chain answers, because the first failed; before anything else of its answer. */
  | { type: 'model_changed'; model: UsableModel; from: string; fault: FaultKind }
  /** Always the last delta of a good stream. */
  | { type: 'finish'; reason: 'stop' | 'tool_calls' | 'length' | 'content_filter' };

/** A language model somewhere else. */
export abstract class ChatModel {
  /** The one that is really asked: another one where a fallback answers. */
  get asked(): ChatModel {
    return this;
  }

  /**
   * Streams the answer; each item holds every delta of one upstream read, so that a reader can write once per read.
   * @throws UpstreamFailed when the provider refuses, is too slow or cuts the stream; the reason of `signal` when it is aborted.
   */
  abstract stream(request: ModelRequest, signal: AbortSignal): AsyncIterable<ModelDelta[]>;
}

/** What is known of a fault of a model's provider. */
export interface UpstreamFacts {
  httpStatus?: number;
  providerCode?: string;
  /** The provider's own words, scrubbed of secrets, at most 500 characters. */
  providerMessage?: string;
  requestId?: string;
  retryAfterMs?: number;
  /** The address its redirect leads to; we never follow one. */
  redirect?: string;
}

/** The model's provider refused, failed, was too slow or could not be reached. Its message names the configuration and the cause. */
export class UpstreamFailed extends DomainError implements WithMembers {
  readonly kind: ErrorKind = 'upstream';
  readonly code: string;
  /** What the provider itself said stands beside the error, so that nobody has to guess from our words. */
  readonly members: Readonly<Record<string, unknown>>;

  constructor(
    readonly fault: FaultKind,
    message: string,
    readonly facts: UpstreamFacts = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.code = `model/${fault.replaceAll('_', '-')}`;
    this.members = { http_status: facts.httpStatus, provider_message: facts.providerMessage };
  }
}
