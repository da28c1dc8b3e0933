import type { LoggerService } from '@nestjs/common';
import { type Logger as Pino, pino } from 'pino';
import { redacted } from './redacted.js';

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

function facts(message: unknown, rest: unknown[]): Record<string, unknown> {
  const { context, stack } = split(rest);
  const where = context === stack ? {} : { context };
  if (message instanceof Error) return { ...where, msg: redacted(message.message), ...errorFacts(message) };
  if (typeof message === 'object' && message !== null) return { ...where, ...message };
  return { ...where, msg: redacted(String(message)), ...(stack ? { stack: redacted(stack) } : {}) };
}

function errorFacts(error: Error): Record<string, unknown> {
  const cause = error.cause instanceof Error ? { cause: redacted(error.cause.stack ?? error.cause.message) } : {};
  return { error: error.name, stack: redacted(error.stack ?? ''), ...cause };
}
