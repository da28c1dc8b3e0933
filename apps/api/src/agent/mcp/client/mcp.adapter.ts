import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport, StreamableHTTPError } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import {
  type CallToolResult,
  CallToolResultSchema,
  ErrorCode,
  McpError,
  ResultSchema,
  type Tool,
  ToolSchema,
} from '@modelcontextprotocol/sdk/types.js';
import type { jsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/types.js';
import type { Outbound } from '../../../platform/outbound/outbound.js';
import type { McpServer } from '../mcp-server.entity.js';
import type { McpSecrets } from '../mcp-server-secrets.js';
import { oneLine, repeatable, withoutValues } from '../tools/foreign-text.js';
import { ChildTransport, ProgramEnded } from './child-transport.adapter.js';
import { AnswerLost, failureOnTheWay, McpFailed, ServerComplained, SessionGone } from './mcp-failed.js';
import { orAborted } from './or-aborted.js';
import { outboundFetch, watchAnswer } from './outbound-fetch.js';

const OPEN_MS = 15_000;
const LIST_MS = 15_000;
/** Longer than a call may take, so that it is ended by a word first. */
const TOTAL_MS = 65_000;
const GOODBYE_MS = 1_000;
/** What a server asks us in one session; we have nothing for it. */
const MOST_QUESTIONS = 100;
const MOST_BYTES = 16 * 1024 * 1024;
const MOST_PAGES = 20;
const MOST_TOOLS = 200;
/** An answer may still be read when the connection that brought it has ended. */
const READ_ON_MS = 1_000;
const LONGEST_COMPLAINT = 300;

/** What a tool says of its results is not compiled. */
const TAKES_ALL: jsonSchemaValidator = {
  getValidator: <T>() => {
    return (input: unknown) => ({ valid: true, data: input as T & {}, errorMessage: undefined }) as const;
  },
};

/** A server with its secrets, ready to be spoken to. */
export type OpenServer = Pick<McpServer, 'name' | 'transport' | 'url' | 'command' | 'args'> & {
  readonly secrets: McpSecrets;
};

/** The tools of a server, and how many it tells of in another form than the protocol's. */
export interface ListedTools {
  readonly tools: readonly Tool[];
  readonly leftOut: number;
}

/** A session with an MCP server. */
export class McpConnection {
  private readonly client: Client;
  private readonly transport: Transport;
  private readonly closed = Promise.withResolvers<void>();
  private closing: Promise<void> | undefined;

  constructor(
    outbound: Outbound,
    private readonly server: OpenServer,
  ) {
    // It offers the server nothing: no sampling, no files, no questions to the user.
    this.client = new Client({ name: 'opsagent', version: '1' }, { capabilities: {}, jsonSchemaValidator: TAKES_ALL });
    this.transport = answeringLittle(transportTo(outbound, server));
    this.client.onclose = () => this.closed.resolve();
  }

  /** @throws McpFailed; the reason of `signal` when it is aborted */
  async open(signal: AbortSignal): Promise<void> {
    const late = AbortSignal.timeout(OPEN_MS);
    try {
      await orAborted(this.client.connect(this.transport, { timeout: OPEN_MS }), AbortSignal.any([signal, late]));
    } catch (error) {
      void this.close();
      signal.throwIfAborted();
      if (late.aborted) throw new McpFailed('timeout', `${this.server.name} did not answer in time.`);
      throw this.failureOf(error as Error);
    }
  }

  onClosed(listener: () => void): void {
    void this.closed.promise.then(listener);
  }

  /** What it was sent, and must not come back from it. */
  get hidden(): readonly string[] {
    const { headers, variables } = this.server.secrets;
    return repeatable([headers, variables]);
  }

  /** What it says about itself, in its own words. */
  get words(): string {
    const { name = '', version = '' } = this.client.getServerVersion() ?? {};
    return this.clean(`${name} ${version}`).slice(0, 120);
  }

  /** Every tool it has, as it tells them. @throws McpFailed; the reason of `signal` when it is aborted */
  async list(signal: AbortSignal): Promise<ListedTools> {
    const told: unknown[] = [];
    let cursor: unknown;
    for (let page = 0; page === 0 || typeof cursor === 'string'; page += 1) {
      const request = { method: 'tools/list', params: typeof cursor === 'string' ? { cursor } : {} };
      const some = await this.told(signal, LIST_MS, (limits) => this.client.request(request, ResultSchema, limits));
      told.push(...(Array.isArray(some['tools']) ? (some['tools'] as unknown[]) : []));
      if (page === MOST_PAGES || told.length > MOST_TOOLS) {
        throw new McpFailed('failed', `${this.server.name} has more than ${MOST_TOOLS} tools.`);
      }
      cursor = some['nextCursor'];
    }
    const tools = told.flatMap((tool) => ToolSchema.safeParse(tool).data ?? []);
    return { tools, leftOut: told.length - tools.length };
  }

  /** @throws McpFailed; the reason of `signal` when it is aborted, which the server is told of */
  call(tool: string, input: unknown, signal: AbortSignal): Promise<CallToolResult> {
    const params = { name: tool, arguments: input as Record<string, unknown> };
    return this.told(signal, TOTAL_MS, async (limits) => {
      return (await this.client.callTool(params, CallToolResultSchema, limits)) as CallToolResult;
    });
  }

  close(): Promise<void> {
    return (this.closing ??= this.end());
  }

  private async end(): Promise<void> {
    await this.sayGoodbye();
    await this.client.close().catch(() => undefined);
    await this.transport.close().catch(() => undefined);
    this.closed.resolve();
  }

  /** A server need not keep a session that nobody comes back to. */
  private async sayGoodbye(): Promise<void> {
    const { transport } = this;
    if (!(transport instanceof StreamableHTTPClientTransport)) return;
    const late = AbortSignal.timeout(GOODBYE_MS);
    await orAborted(transport.terminateSession(), late).catch(() => undefined);
  }

  /** One request and its answer. One whose answer ended before it was there fails at once and not only when its time is over. */
  private async told<T>(
    signal: AbortSignal,
    timeout: number,
    ask: (limits: { signal: AbortSignal; timeout: number; onresumptiontoken: () => void }) => Promise<T>,
  ): Promise<T> {
    const { promise: lost, reject } = Promise.withResolvers<never>();
    lost.catch(() => undefined);
    let isResumed = false;
    const ended = (): void => {
      if (isResumed) return;
      setTimeout(
        () => reject(new AnswerLost('failed', `${this.server.name} ended its answer before it was complete.`)),
        READ_ON_MS,
      ).unref();
    };
    try {
      const limits = { signal, timeout, onresumptiontoken: () => void (isResumed = true) };
      return await Promise.race([watchAnswer(ended, () => ask(limits)), lost]);
    } catch (error) {
      signal.throwIfAborted();
      throw this.failureOf(error as Error);
    }
  }

  private failureOf(error: Error): Error {
    const { name } = this.server;
    const known = failureOnTheWay(name, error);
    if (known) return known;
    const words = 'issues' in error ? 'it does not follow the protocol' : this.clean(error.message);
    if (error instanceof StreamableHTTPError) return this.refusalOf(error, words);
    if (error instanceof ProgramEnded) return this.ended();
    if (error instanceof McpError) return this.complaintOf(error, words);
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'EACCES')
      return new McpFailed('failed', `${name}: its program cannot be started (${code}).`);
    return new McpFailed('wrong_service', `${name} did not answer as an MCP server: ${words}.`, { cause: error });
  }

  private refusalOf({ code = 0 }: StreamableHTTPError, words: string): McpFailed {
    const { name } = this.server;
    if (code === 401 || code === 403) {
      const what = `${name} refused the credentials (HTTP ${code}). It may want a sign-in by OAuth, which is not done here: enter a token among its headers.`;
      return new McpFailed('authentication', what);
    }
    // Servers that were written before the rule answer 400 to a session they do not know.
    const hasSession = this.transport.sessionId !== undefined;
    if (hasSession && (code === 404 || (code === 400 && /session/i.test(words)))) {
      return new SessionGone('failed', `${name} has ended our session.`);
    }
    return new McpFailed('wrong_service', `${name} did not answer as an MCP server: ${words}.`);
  }

  private complaintOf(error: McpError, words: string): McpFailed {
    const { name } = this.server;
    if (error.code === (ErrorCode.RequestTimeout as number))
      return new AnswerLost('timeout', `${name} did not answer in time.`);
    if (error.code === (ErrorCode.ConnectionClosed as number)) return this.ended();
    return new ServerComplained('failed', `${name} answered with an error: ${words}.`);
  }

  private ended(): AnswerLost {
    const complaint = this.transport instanceof ChildTransport ? this.clean(this.transport.complaint) : '';
    return new AnswerLost('failed', `${this.server.name} has ended${complaint === '' ? '' : `: ${complaint}`}.`);
  }

  private clean(text: string): string {
    const whole = withoutValues(oneLine(text, LONGEST_COMPLAINT * 4), this.hidden);
    return oneLine(whole, LONGEST_COMPLAINT);
  }
}

function transportTo(outbound: Outbound, { transport, url, command, args, secrets }: OpenServer): Transport {
  if (transport === 'stdio') {
    return new ChildTransport({ command: String(command), args, variables: secrets.variables, maxBytes: MOST_BYTES });
  }
  const address = String(url);
  const fetch = outboundFetch(outbound, {
    url: address,
    headers: secrets.headers,
    totalMs: TOTAL_MS,
    maxBytes: MOST_BYTES,
  });
  // An answer that broke off is asked for again where the server keeps it; a request is never sent twice.
  return new StreamableHTTPClientTransport(new URL(address), { fetch });
}

/** Ends a session in which the server does nothing but ask: each of its questions costs an answer. */
function answeringLittle(transport: Transport): Transport {
  const send = transport.send.bind(transport);
  let answers = 0;
  transport.send = async (message, options) => {
    if (!('method' in message)) answers += 1;
    await (answers > MOST_QUESTIONS ? transport.close() : send(message, options));
  };
  return transport;
}
