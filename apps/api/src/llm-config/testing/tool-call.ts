import type { ToolSpec } from '../wire/model-wire.js';
import { UpstreamFailed } from '../wire/model-wire.js';

/** Offered to a model under test. */
export const PING_TOOL: ToolSpec = {
  name: 'ping',
  description: 'Answers with the text it is given.',
  parameters: {
    type: 'object',
    properties: { text: { type: 'string' } },
    required: ['text'],
    additionalProperties: false,
  },
};

/** @throws UpstreamFailed unless the tool was asked for with arguments that can be read */
export function requireToolCall(name: string, isCalled: boolean, args: string): void {
  if (!isCalled) throw failed(name, 'did not call the tool it was offered');
  try {
    JSON.parse(args || '{}');
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw failed(name, 'called a tool with arguments that are no JSON');
  }
}

function failed(name: string, because: string): UpstreamFailed {
  return new UpstreamFailed('bad_request', `The model configuration "${name}" ${because}.`);
}
