import { oneOfSet, type ValueOf } from '../field/facts.js';

/** How an MCP server is reached: over streamable HTTP, or as a program on the machine of this server. */
export const MCP_TRANSPORT = oneOfSet('McpTransport', ['http', 'stdio']);
export type McpTransport = ValueOf<typeof MCP_TRANSPORT>;

/** Why an MCP server did not pass its test. `disabled`: programs are not allowed by this server's own settings. */
export const MCP_FAULT = oneOfSet('McpFault', [
  'address_refused',
  'unreachable',
  'timeout',
  'tls',
  'authentication',
  'wrong_service',
  'disabled',
  'failed',
]);
export type McpFault = ValueOf<typeof MCP_FAULT>;

/**
 * Where a tool stands. Only an `allowed` one is offered to the model; `changed`: the server tells something else of it
 * than when it was allowed; `gone`: the server no longer names it; `unusable`: it cannot be allowed, `problem` says why.
 */
export const MCP_TOOL_STATE = oneOfSet('McpToolState', ['off', 'allowed', 'changed', 'gone', 'unusable']);
export type McpToolState = ValueOf<typeof MCP_TOOL_STATE>;
