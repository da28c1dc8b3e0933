import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server as HttpServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import {
  type CallToolResult,
  CallToolRequestSchema,
  EmptyResultSchema,
  ListToolsRequestSchema,
  type Tool,
} from '@modelcontextprotocol/sdk/types.js';

type Answer = (input: Record<string, unknown>, signal: AbortSignal) => CallToolResult | Promise<CallToolResult>;

export const anObject = (properties: object = {}, more: object = {}): Tool['inputSchema'] => ({
  ...{ type: 'object', properties: properties as Record<string, object> },
  ...more,
});

export const words = (text: string): CallToolResult => ({ content: [{ type: 'text', text }] });

/** A real MCP server over streamable HTTP, made with the SDK; what it does can be changed while it runs. */
export class McpStand {
  tools: Tool[] = [
    { name: 'echo', description: 'Says it again.', inputSchema: anObject({ text: { type: 'string' } }) },
    {
      ...{ name: 'restart', description: 'Restarts a service.', annotations: { readOnlyHint: true } },
      inputSchema: anObject({ service: { type: 'string' } }, { required: ['service'], additionalProperties: false }),
    },
  ];
  /** Told besides, in no form of the protocol’s. */
  oddTools: unknown[] = [];
  readonly answers: Record<string, Answer> = {
    echo: ({ text }) => words(String(text)),
    restart: ({ service }) => words(`${String(service)} is up again`),
  };
  /** What was really called. */
  readonly calls: { name: string; input: unknown }[] = [];
  readonly requests: IncomingMessage[] = [];
  cancelled = 0;
  listed = 0;
  /** Takes a request instead of the server; false leaves it to the server. */
  instead: (request: IncomingMessage, response: ServerResponse) => boolean = () => false;
  private readonly sessions = new Map<string, StreamableHTTPServerTransport>();

  private constructor(private readonly http: HttpServer) {
    http.on('request', (request, response) => void this.handle(request, response));
  }

  static async start(): Promise<McpStand> {
    const http = createServer();
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    return new McpStand(http);
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.http.address() as AddressInfo).port}`;
  }

  get url(): string {
    return `${this.origin}/mcp`;
  }

  get sessionCount(): number {
    return this.sessions.size;
  }

  /** Asks whoever calls it whether they are there. */
  askBack: () => Promise<unknown> = () => Promise.resolve();

  /** Knows nobody any more, as after a restart. */
  forgetSessions(): void {
    this.sessions.clear();
  }

  /** Cuts every connection off. */
  cut(): void {
    this.http.closeAllConnections();
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.http.close(resolve));
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.requests.push(request);
    if (this.instead(request, response)) return;
    const id = request.headers['mcp-session-id'];
    const known = typeof id === 'string' ? this.sessions.get(id) : undefined;
    if (id !== undefined && !known) {
      response.writeHead(404, { 'content-type': 'application/json' });
      response.end('{"jsonrpc":"2.0","error":{"code":-32001,"message":"Session not found"},"id":null}');
      return;
    }
    await (known ?? (await this.newSession())).handleRequest(request, response);
  }

  private async newSession(): Promise<StreamableHTTPServerTransport> {
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (id) => void this.sessions.set(id, transport),
      onsessionclosed: (id) => void this.sessions.delete(id),
    });
    await this.serve().connect(transport);
    return transport;
  }

  private serve(): Server {
    const server = new Server({ name: 'stand', version: '1.2.3' }, { capabilities: { tools: { listChanged: true } } });
    server.setRequestHandler(ListToolsRequestSchema, () => {
      this.listed += 1;
      return { tools: [...this.tools, ...this.oddTools] as Tool[] };
    });
    server.setRequestHandler(CallToolRequestSchema, ({ params }, { signal, sendRequest }) => {
      this.askBack = () => sendRequest({ method: 'ping' }, EmptyResultSchema, { timeout: 500 });
      const { name, arguments: input = {} } = params;
      this.calls.push({ name, input });
      signal.addEventListener('abort', () => (this.cancelled += 1), { once: true });
      const answer = this.answers[name];
      return answer ? answer(input, signal) : words('no such tool');
    });
    return server;
  }
}
