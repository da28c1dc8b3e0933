import type { ToolRisk } from '@opsagent/contracts';

/** A tool in words, in both languages. */
export interface ToolLabel {
  en: string;
  zh: string;
}

/** What a tool is told besides its input. */
export interface ToolContext {
  /** Ends the work: the turn was stopped or the tool takes too long. */
  readonly signal: AbortSignal;
}

/** What a tool answers; the model reads it as compact JSON. */
export interface ToolResult {
  status: 'ok' | 'no_data' | 'error' | 'refused';
  /** Why, when it is not `ok`; a sentence. */
  message?: string;
  [field: string]: unknown;
}

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
  readonly risk: ToolRisk;
  readonly label: ToolLabel;
  /** Longest it may take; half a minute when unset. */
  readonly timeoutMs?: number;

  /** @param input has been checked against `parameters` */
  run(input: Input, context: ToolContext): Promise<ToolResult>;
}
