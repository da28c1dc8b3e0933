import { SecretStream } from '../safety/secret-stream.js';
import { type AgentTool, OutcomeLost, type ToolResult } from '../tools/agent-tool.js';
import type { ToolTurn } from './tool-turn.js';
import { TOOL_TIMEOUT_MS } from './turn-limits.js';

/** What came of a tool; of one that did not end in its time, or lost track of its work, nobody knows. */
export interface ToolEnd {
  readonly result: ToolResult;
  readonly isOverdue: boolean;
}

/**
 * Runs a tool; whatever goes wrong inside it is a result.
 * @throws the reason of the turn's signal, also when the tool does not care for it
 */
export async function runTool(tool: AgentTool, input: unknown, turn: ToolTurn, stepId: string): Promise<ToolEnd> {
  const { signal, facts } = turn;
  signal.throwIfAborted();
  const timeoutMs = tool.timeoutMs ?? TOOL_TIMEOUT_MS;
  const ending = new AbortController();
  const overdue = new Error(`The tool did not finish within ${timeoutMs / 1000} s.`);
  const { promise: ended, reject } = Promise.withResolvers<never>();
  const end = (reason: unknown): void => {
    ending.abort(reason);
    reject(reason);
  };
  const onAbort = (): void => end(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  const timer = setTimeout(() => end(overdue), timeoutMs);
  const output = new LiveOutput(turn, stepId);
  try {
    const context = { ...facts, stepId, signal: ending.signal, emit: output.add };
    const result = await Promise.race([tool.run(input, context), ended]);
    return { result, isOverdue: false };
  } catch (error) {
    signal.throwIfAborted();
    const message = error instanceof Error ? error.message : String(error);
    return { result: { status: 'error', message }, isOverdue: error === overdue || error instanceof OutcomeLost };
  } finally {
    output.end();
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}

/** What a tool shows while it runs, without secrets, for watching only. */
class LiveOutput {
  private readonly secrets = new SecretStream();
  private hasEnded = false;

  constructor(
    private readonly turn: ToolTurn,
    private readonly stepId: string,
  ) {}

  readonly add = (text: string): void => this.tell(this.hasEnded ? '' : this.secrets.add(text));

  end(): void {
    const rest = this.secrets.end();
    if (!this.turn.signal.aborted) this.tell(rest);
    this.hasEnded = true;
  }

  private tell(delta: string): void {
    if (delta !== '') void this.turn.emit([{ type: 'step_output', step_id: this.stepId, delta }]);
  }
}
