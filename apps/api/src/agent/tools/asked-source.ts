import { SecretUnreadable } from '../../platform/secrets/secret-box.js';
import { SourceFailed } from '../sources/source-kind.js';
import { SourceUnknown } from '../sources/tool-sources.js';
import type { ToolResult } from './agent-tool.js';

/** Does what asks a source; what goes wrong there is a result for the model. @throws the reason of `signal` when it is aborted */
export async function resultFrom(
  ask: () => Promise<ToolResult>,
  {
    signal,
    query,
    refusals = [],
  }: { signal: AbortSignal; query?: string; refusals?: readonly (new (...made: never[]) => Error)[] },
): Promise<ToolResult> {
  try {
    return await ask();
  } catch (error) {
    signal.throwIfAborted();
    const told = [SourceUnknown, SourceFailed, SecretUnreadable, ...refusals];
    if (!(error instanceof Error) || !told.some((known) => error instanceof known)) throw error;
    return { status: 'error', message: error.message, ...(query === undefined ? {} : { query }) };
  }
}
