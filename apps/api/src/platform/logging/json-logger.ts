import type { LoggerService } from '@nestjs/common';
import { type Logger as Pino, pino } from 'pino';
import { type LogFields, logFields } from './log-fields.js';

/** What the framework tells about its own start; of interest only to its authors. */
const FRAMEWORK = new Set(['NestFactory', 'InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestApplication']);

/** Writes one JSON object a line: what happened, where, in which request. */
export class JsonLogger implements LoggerService {
  private readonly pino: Pino;
  private requestId: () => string | undefined = () => undefined;

  constructor(destination?: { write(line: string): void }) {
    const options = {
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label: string) => ({ level: label }) },
      mixin: () => {
        const requestId = this.requestId();
        return requestId === undefined ? {} : { request_id: requestId };
      },
    };
    this.pino = destination ? pino(options, destination) : pino(options);
  }

  /** Tells where the id of the running request is found. */
  takeRequestIdFrom(requestId: () => string | undefined): void {
    this.requestId = requestId;
  }

  log(message: unknown, ...rest: unknown[]): void {
    const { context } = split(rest);
    if (context === undefined || !FRAMEWORK.has(context)) this.pino.info(facts(message, rest));
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.pino.warn(facts(message, rest));
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.pino.error(facts(message, rest));
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.pino.fatal(facts(message, rest));
  }
}

/** Nest hands over the context last and, for errors, a stack before it. */
function split(rest: unknown[]): { context: string | undefined; stack: string | undefined } {
  const words = rest.filter((part): part is string => typeof part === 'string');
  return { context: words.at(-1), stack: words.find((word) => word.includes('\n    at ')) };
}

function facts(message: unknown, rest: unknown[]): LogFields {
  const { context, stack } = split(rest);
  const where = context === stack ? {} : { context };
  if (message instanceof Error) return logFields({ ...where, msg: message.message, ...errorFacts(message) });
  if (typeof message === 'object' && message !== null) return logFields({ ...where, ...message });
  return logFields({ ...where, msg: String(message), stack });
}

/** What a database or a library hangs on its errors besides, such as the values of a statement, is left out. */
function errorFacts(error: Error & { code?: unknown }): LogFields {
  const cause = error.cause instanceof Error ? (error.cause.stack ?? error.cause.message) : undefined;
  return { error: error.name, code: error.code, stack: error.stack, cause };
}
