import type { ApprovalDto, ApprovalListDto, ChatEvent } from '@opsagent/contracts';
import type { AgentTool } from '../../src/agent/tools/agent-tool.js';
import { ToolRegistry } from '../../src/agent/tools/tool-registry.js';
import { ConsoleServer, eventsIn } from './console.js';
import { eventually } from './eventually.js';
import { startTestApp, type TestApp } from './test-app.js';

/** One answer of a scripted model; see `sim-script` of the provider simulator. */
export interface ScriptedAnswer {
  text?: string;
  reasoning?: string;
  calls?: { id?: string | null; name: string; arguments?: unknown; pad?: number }[];
  finish?: string;
  /** Between two pieces of the answer. */
  gap_ms?: number;
  again?: boolean;
}

/** A question that says to the simulated model how to answer it. */
export const script = (...answers: ScriptedAnswer[]): string => `Do it. script:${JSON.stringify(answers)}`;

/** What the tools of these tests have done. */
export class Deeds {
  readonly done: string[] = [];
  /** Holds an action up until it is called. */
  release: () => void = () => undefined;

  readonly restart: AgentTool<{ service: string; hangs?: boolean }> = {
    name: 'restart_service',
    description: 'Restarts a service.',
    parameters: {
      type: 'object',
      properties: { service: { type: 'string', maxLength: 50 }, hangs: { type: 'boolean' } },
      required: ['service'],
      additionalProperties: false,
    },
    risk: 'dangerous',
    label: { en: 'Restart', zh: '重启服务' },
    describe: ({ service }) => ({ target: service, summary: `systemctl restart ${service}`, rollback: 'None.' }),
    run: async ({ service, hangs = false }) => {
      this.done.push(service);
      if (hangs) await new Promise<void>((resolve) => (this.release = resolve));
      return { status: 'ok', restarted: service };
    },
  };

  readonly look: AgentTool<{ at?: string; big?: number; text?: string }> = {
    name: 'look',
    description: 'Looks.',
    parameters: {
      type: 'object',
      properties: { at: { type: 'string' }, big: { type: 'integer' }, text: { type: 'string' } },
      additionalProperties: false,
    },
    risk: 'read',
    label: { en: 'Look', zh: '查看' },
    run: ({ at = 'it', big = 0, text }) => {
      this.done.push(`look ${at}`);
      const lines = Array.from({ length: big }, (_, index) => `line ${index + 1} of ${at}`).join('\n');
      return Promise.resolve({ status: 'ok', found: big > 0 ? lines : (text ?? at) });
    },
  };

  /** Lets a server's agent use them. */
  offerAt({ app }: TestApp): void {
    for (const tool of [this.restart, this.look]) app.get(ToolRegistry).register(tool);
  }
}

/** A server whose agent can do something dangerous. */
export class AgentServer {
  readonly deeds = new Deeds();

  private constructor(readonly console: ConsoleServer) {
    this.deeds.offerAt(console.app);
  }

  static async start(settings: Record<string, string> = {}): Promise<AgentServer> {
    return new AgentServer(await ConsoleServer.start(settings));
  }

  close(): Promise<void> {
    return this.console.close();
  }

  /** Another process on the same database, with tools of its own. */
  async another(deeds: Deeds): Promise<TestApp> {
    const allow = `127.0.0.1:${this.console.simulator.port}`;
    const app = await startTestApp({ OPSAGENT_OUTBOUND_ALLOW: allow }, this.console.app.database);
    deeds.offerAt(app);
    return app;
  }

  /** Asks a scripted model. */
  async ask(...answers: ScriptedAnswer[]): Promise<Asked> {
    const { session_id } = await this.console.session('sim-script');
    return this.askIn(session_id, ...answers);
  }

  async askIn(sessionId: string, ...answers: ScriptedAnswer[]): Promise<Asked> {
    return new Asked(sessionId, await this.console.open(sessionId, script(...answers)));
  }

  approvals(query = 'state=pending'): Promise<ApprovalListDto> {
    return this.console.call('GET', `/api/approvals?limit=1000&${query}`);
  }

  /** The one that waits in a session, as soon as it does. */
  async pendingIn(sessionId: string, count = 1): Promise<ApprovalDto[]> {
    let items: ApprovalDto[] = [];
    await eventually(async () => {
      ({ items } = await this.approvals(`state=pending&session_id=${sessionId}`));
      return items.length >= count;
    });
    return items;
  }

  decide({ id, arguments_hash }: ApprovalDto, decision: string, more: object = {}, at = this.console.app.url) {
    return fetch(`${at}/api/approvals/${id}/decision`, {
      method: 'POST',
      headers: { ...this.console.app.admin.headers, 'content-type': 'application/json' },
      body: JSON.stringify({ decision, arguments_hash, ...more }),
    });
  }
}

/** An answer being made, and what was told of it so far. */
export class Asked {
  readonly events: ChatEvent[] = [];
  readonly ended: Promise<void>;

  constructor(
    readonly sessionId: string,
    response: Response,
  ) {
    this.ended = this.read(response);
  }

  of<T extends ChatEvent['type']>(type: T): Extract<ChatEvent, { type: T }>[] {
    return this.events.filter((event): event is Extract<ChatEvent, { type: T }> => event.type === type);
  }

  get observations(): unknown[] {
    return this.of('step_finished').map(({ observation }) => JSON.parse(observation || '{}') as unknown);
  }

  get text(): string {
    return this.of('text')
      .map(({ delta }) => delta)
      .join('');
  }

  private async read(response: Response): Promise<void> {
    try {
      for await (const event of eventsIn(response)) this.events.push(event);
    } catch {
      // The server is gone; what was told stays.
    }
  }
}
