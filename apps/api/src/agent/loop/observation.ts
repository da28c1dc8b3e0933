import type { StepState } from '@opsagent/contracts';
import { valueWithoutSecrets } from '../safety/secrets.js';
import type { ToolResult } from '../tools/agent-tool.js';
import { biggestField, isLongerThan, withExcerpt } from './shortened.js';
import type { ToolTurn } from './tool-turn.js';

/** What came of one call, as the model reads it and as it is stored. */
export interface Observation {
  readonly text: string;
  readonly artifactId: string | null;
}

export const STATE_OF: Readonly<Record<ToolResult['status'], StepState>> = {
  ok: 'succeeded',
  no_data: 'succeeded',
  error: 'failed',
  refused: 'refused',
};

/** A result as text without secrets. What is too long for a model is kept whole as an artifact. */
export async function observationOf(turn: ToolTurn, stepId: string, result: ToolResult): Promise<Observation> {
  const room = turn.observationCharacters;
  if (!isLongerThan(result, room)) {
    const text = JSON.stringify(valueWithoutSecrets(result));
    if (text.length <= room) return { text, artifactId: null };
  }
  const field = biggestField(result);
  try {
    const { sessionId, messageId } = turn.facts;
    const kept = await turn.artifacts.keep(field.text, field.mime, { sessionId, messageId, stepId });
    const text = JSON.stringify(valueWithoutSecrets(withExcerpt(result, field, kept, room)));
    // Other fields may be long as well.
    return { text: text.length <= room ? text : cut(result, text, room), artifactId: kept.id };
  } catch (error) {
    turn.signal.throwIfAborted();
    return { text: JSON.stringify({ status: 'error', message: (error as Error).message }), artifactId: null };
  }
}

function cut({ status }: ToolResult, text: string, room: number): string {
  const message = 'The result was too long; this is its beginning.';
  return JSON.stringify({ status, message, beginning: text.slice(0, room).toWellFormed() });
}
