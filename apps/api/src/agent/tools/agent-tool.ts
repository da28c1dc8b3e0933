import type { ToolRisk, ToolSourceKind } from '@opsagent/contracts';
import type { ModelUser } from '../../llm-config/access/config-access.js';

/** A tool in words, in both languages. */
export interface ToolLabel {
  en: string;
  zh: string;
}

/** What a tool is told besides its input. */
export interface ToolContext {
  /** Ends the work, children and statements included: the turn was stopped or the tool takes too long. */
  readonly signal: AbortSignal;
  readonly sessionId: string;
  readonly runId: string;
  readonly messageId: string;
  readonly stepId: string;
  /** On whose behalf it works. */
  readonly user: ModelUser;
  /** The environment of this server, as its operator calls it. */
  readonly environment: string | null;

  /** Shows a piece of output to whoever watches; the model reads the result only. Secrets are taken out of it. */
  emit(text: string): void;
}

/** What a tool is told that only says what a call would do. */
export interface DescribeContext extends Pick<ToolContext, 'environment'> {
  /** Nobody waits for the words any more. */
  readonly signal?: AbortSignal;
}

/** What an approver reads of a call before it is made. */
export interface CallInWords {
  /** What it is done to, for example the name of a source. */
  readonly target: string;
  /** The exact command or request, in one line. */
  readonly summary: string;
  /** Where the target stands; the server's own environment when unset. */
  readonly environment?: string;
  /** What it would change. */
  readonly preview?: string;
  readonly rollback?: string;
}

/**
 * What a tool answers; the model reads it as compact JSON. A big field (a text of many lines, or a list) is kept whole
 * as an artifact, and the model reads its beginning and its end.
 */
export interface ToolResult {
  status: 'ok' | 'no_data' | 'error' | 'refused';
  /** Why, when it is not `ok`; a sentence. */
  message?: string;
  /** Exactly what was asked of the source, where there is one. */
  query?: string;
  [field: string]: unknown;
}

/** Thrown by a tool that was at work and cannot say how far it came. */
export class OutcomeLost extends Error {}

/** The part of JSON Schema that describes a tool's input. */
export interface InputSchema {
  type: 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean';
  description?: string;
  enum?: readonly string[];
  properties?: Readonly<Record<string, InputSchema>>;
  required?: readonly string[];
  additionalProperties?: false;
  items?: InputSchema;
  minItems?: number;
  maxItems?: number;
  maxLength?: number;
}

/** Something the model may do; declared once, offered to every turn that may use it. */
export interface AgentTool<Input = unknown> {
  readonly name: string;
  /** Says to the model when to call it and what comes back. */
  readonly description: string;
  readonly parameters: InputSchema;
  /** The JSON Schema that the model is told instead, where somebody else wrote it; such a tool checks its input itself. */
  readonly foreignParameters?: Readonly<Record<string, unknown>>;
  readonly risk: ToolRisk;
  readonly label: ToolLabel;
  /** The kinds of sources it asks; without one of them it is not offered. */
  readonly sourceKinds?: readonly ToolSourceKind[];
  /** It is offered without one as well. */
  readonly worksWithoutSource?: boolean;
  /** Longest it may take; half a minute when unset. */
  readonly timeoutMs?: number;
  /** Of this very call, where it depends on the input: `risk` is the highest that it can be. */
  riskOf?(input: Input): ToolRisk;
  /** What a call would be done to, in the words of `describe`: an allowed call is made only while it is still the same. @throws Error, a sentence */
  targetOf?(input: Input): string;
  /** Tells an approver of a call; required where a call can be dangerous. @throws Error, a sentence, when it can never be made */
  describe?(input: Input, context: DescribeContext): CallInWords | Promise<CallInWords>;

  /** @param input has been checked against `parameters` */
  run(input: Input, context: ToolContext): Promise<ToolResult>;
}
