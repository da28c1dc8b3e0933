import type { McpServerDto, McpToolDto } from '@opsagent/contracts';
import { ToolRegistry } from '../../../src/agent/tools/tool-registry.js';
import { AgentServer } from '../agent-server.js';
import { McpStand } from './mcp-stand.js';

export interface Registered extends McpServerDto {
  tool(name: string): McpToolDto;
}

export const withTool = (one: McpServerDto): Registered => ({
  ...one,
  tool: (name) => one.tools.find((tool) => tool.name === name) as McpToolDto,
});

/** A server with an agent, an MCP server beside it, and the way from one to the other. */
export class McpJourney {
  server!: AgentServer;
  stand!: McpStand;

  /** To be called where the tests are described. */
  static begin(): McpJourney {
    const journey = new McpJourney();
    beforeAll(async () => void (journey.server = await AgentServer.start()));
    afterAll(() => journey.server.close());
    beforeEach(async () => void (journey.stand = await McpStand.start()));
    afterEach(() => journey.stand.close());
    return journey;
  }

  readonly call = <T>(method: string, path: string, body?: object, status = 200): Promise<T> =>
    this.server.console.call<T>(method, path, body, status);

  readonly register = (values: object = {}): Promise<McpServerDto> => {
    const name = `s-${crypto.randomUUID().slice(0, 8)}`;
    const body = { name, transport: 'http', url: this.stand.url, ...values };
    return this.call('POST', '/api/mcp-servers', body, 201);
  };

  readonly test = async (id: string): Promise<Registered> =>
    withTool(await this.call<McpServerDto>('POST', `/api/mcp-servers/${id}/test`, {}));

  /** Says of tools, as they are told now, that the model may have them. */
  readonly allow = async (one: McpServerDto, risk: string | undefined, ...names: string[]): Promise<Registered> => {
    const tools = one.tools.filter(({ name }) => names.includes(name));
    const said = tools.map(({ name, hash }) => ({ name, hash, is_allowed: true, risk }));
    return withTool(await this.call<McpServerDto>('PATCH', `/api/mcp-servers/${one.id}/tools`, { tools: said }));
  };

  /** A server of which these tools are allowed. */
  readonly allowed = async (risk: string | undefined, ...names: string[]): Promise<Registered> =>
    this.allow(await this.test((await this.register()).id), risk, ...names);

  /** Lets a scripted model call one tool, and gives what it read. */
  readonly called = async (tool: string, input: unknown = {}): Promise<Record<string, unknown>> => {
    const asked = await this.server.ask({ calls: [{ name: tool, arguments: input }] }, { text: 'Done.' });
    await asked.ended;
    expect(asked.text).toBe('Done.');
    return asked.observations[0] as Record<string, unknown>;
  };

  /** Ends the answer that is being made in a session. */
  readonly stop = async (sessionId: string): Promise<void> => {
    const { items } = await this.server.console.messages(sessionId);
    await this.call('POST', `/api/runs/${String(items[0]?.run_id)}/stop`, undefined);
  };

  /** The tools of MCP servers as a model is told of them. */
  readonly offered = () =>
    this.server.console.app.app
      .get(ToolRegistry)
      .offered('all')
      .specs.filter(({ name }) => name.startsWith('mcp__'));
}
