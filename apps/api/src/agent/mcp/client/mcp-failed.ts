import type { McpFault } from '@opsagent/contracts';
import {
  AddressInvalid,
  AnswerTooLarge,
  ConnectionLost,
  ConnectTimedOut,
  ExchangeTimedOut,
  NotHttp,
  OutboundRefused,
  Unreachable,
} from '../../../platform/outbound/outbound.errors.js';

/** An MCP server did not do what was asked of it; the message is a sentence without secrets. */
export class McpFailed extends Error {
  constructor(
    readonly fault: McpFault,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The server knows our session no more: what was sent was not done, and a new session can do it. */
export class SessionGone extends McpFailed {}

/** The server answered with an error; the session is as good as before. */
export class ServerComplained extends McpFailed {}

/** The server was asked and its answer did not come: nobody can say what it did. */
export class AnswerLost extends McpFailed {}

/** What went wrong on the way there; undefined for what the protocol itself complains of. */
export function failureOnTheWay(name: string, error: Error): McpFailed | undefined {
  if (error instanceof McpFailed) return error;
  const fault = faultOf(error);
  if (fault === undefined) return undefined;
  const wasAsked = [ConnectionLost, ExchangeTimedOut, AnswerTooLarge].some((known) => error instanceof known);
  const Failure = wasAsked ? AnswerLost : McpFailed;
  return new Failure(fault, `${name} could not be asked: ${error.message}.`, { cause: error });
}

function faultOf(error: Error): McpFault | undefined {
  if (error instanceof OutboundRefused || error instanceof AddressInvalid) return 'address_refused';
  if (error instanceof ConnectTimedOut || error instanceof ExchangeTimedOut) return 'timeout';
  if (error instanceof Unreachable) return error.reason === 'tls' ? 'tls' : 'unreachable';
  if (error instanceof NotHttp) return 'wrong_service';
  if (error instanceof ConnectionLost) return 'unreachable';
  return error instanceof AnswerTooLarge ? 'failed' : undefined;
}
