import { randomUUID } from 'node:crypto';
import type { ToolContext } from '../../src/agent/tools/agent-tool.js';

/** What a tool is told besides its input, of a run that nobody else knows. */
export function aToolContext(more: Partial<ToolContext> = {}): ToolContext {
  return {
    ...{ sessionId: randomUUID(), runId: randomUUID(), messageId: randomUUID(), stepId: randomUUID() },
    signal: new AbortController().signal,
    user: { userId: randomUUID(), role: 'admin' },
    environment: null,
    emit: () => undefined,
    ...more,
  };
}
