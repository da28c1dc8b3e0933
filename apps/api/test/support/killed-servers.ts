import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import type {
  ApprovalDto,
  ApprovalListDto,
  ChatEvent,
  LlmConfigDto,
  MessageListDto,
  SessionDto,
} from '@opsagent/contracts';
import { Asked, script, type ScriptedAnswer } from './agent-server.js';
import { eventually } from './eventually.js';
import type { ServerProcess } from './server-process.js';
import { ADMIN } from './test-app.js';
import type { TestDatabase } from './test-database.js';

/** The address of a test database, for a process of its own. */
export function addressOf({ open: { options } }: TestDatabase): string {
  const address = new URL('postgres://localhost');
  Object.assign(address, { username: options.user, pathname: `/${options.database}` });
  if (typeof options.password === 'string') address.password = options.password;
  address.searchParams.set('host', options.host ?? 'localhost');
  address.port = String(options.port);
  return address.href;
}

/** Kills a server as a crash would: nothing is said, nothing is put away. */
export async function crash(server: ServerProcess): Promise<void> {
  server.signal('SIGKILL');
  await server.ended();
}

/** Holds back whatever changes a run, so that its server stands still exactly there. */
export class HeldRun {
  private constructor(private readonly client: Client) {}

  static async hold({ open }: TestDatabase, runId: string): Promise<HeldRun> {
    const client = new Client(open.options);
    await client.connect();
    await client.query('begin');
    // Not against what only refers to the run: its events may be written.
    await client.query('select from runs where id = $1 for no key update', [runId]);
    return new HeldRun(client);
  }

  /** Resolves once somebody stands still before it. */
  async isWaitedFor(): Promise<void> {
    const mine = 'select pg_backend_pid()';
    const waiting = `select from pg_stat_activity where (${mine}) = any(pg_blocking_pids(pid))`;
    await eventually(async () => ((await this.client.query(waiting)).rowCount ?? 0) > 0);
  }

  async letGo(): Promise<void> {
    await this.client.end();
  }
}

/** A command that notes its beginning and its end in a file, and lasts until it may end. */
export class NotedDeed {
  private readonly path: string;

  constructor(
    folder: string,
    readonly name: string,
    private readonly seconds = 0,
  ) {
    this.path = join(folder, name);
  }

  /** The call that a scripted model makes. */
  get call() {
    const lines = 'echo begun >> "$1"; sleep "$2"; until [ -e "$1.go" ]; do sleep 0.02; done; echo ended >> "$1"';
    return {
      name: 'run_command',
      arguments: { target: 'local', argv: ['sh', '-c', lines, 'sh', this.path, `${this.seconds}`] },
    };
  }

  async mayEnd(): Promise<this> {
    await writeFile(`${this.path}.go`, '');
    return this;
  }

  /** How often it was begun and ended. */
  async noted(): Promise<{ begun: number; ended: number }> {
    const lines = (await readFile(this.path, 'utf8').catch(() => '')).split('\n');
    const count = (word: string): number => lines.filter((line) => line === word).length;
    return { begun: count('begun'), ended: count('ended') };
  }
}

/** What a user does with the agent of one server, wherever that runs. */
export class AgentUser {
  constructor(readonly url: string) {}

  async call<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await this.send(method, path, body);
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  send(method: string, path: string, body?: object): Promise<Response> {
    return fetch(this.url + path, {
      method,
      headers: { authorization: `Bearer ${ADMIN.token}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  }

  async config(simulatorUrl: string): Promise<string> {
    const { id } = await this.call<LlmConfigDto>('POST', '/api/llm-configs', {
      ...{ name: 'script', provider: 'openai', model_name: 'sim-script', api_key: 'sim-key' },
      base_url: `${simulatorUrl}/openai/v1`,
    });
    return id;
  }

  async ask(configId: string, ...answers: ScriptedAnswer[]): Promise<Asked> {
    const { session_id } = await this.call<SessionDto>('POST', '/api/sessions', { llm_config_id: configId });
    return this.askIn(session_id, ...answers);
  }

  async askIn(sessionId: string, ...answers: ScriptedAnswer[]): Promise<Asked> {
    const query = script(...answers);
    return new Asked(sessionId, await this.send('POST', `/api/sessions/${sessionId}/messages`, { query }));
  }

  async approvalsOf(sessionId: string): Promise<ApprovalDto[]> {
    return (await this.call<ApprovalListDto>('GET', `/api/approvals?limit=100&session_id=${sessionId}`)).items;
  }

  async pendingIn(sessionId: string, count = 1): Promise<ApprovalDto[]> {
    let pending: ApprovalDto[] = [];
    await eventually(async () => {
      pending = (await this.approvalsOf(sessionId)).filter(({ state }) => state === 'pending');
      return pending.length >= count;
    }, 20_000);
    return pending;
  }

  decide({ id, arguments_hash }: ApprovalDto, decision: 'approve' | 'reject'): Promise<Response> {
    return this.send('POST', `/api/approvals/${id}/decision`, { decision, arguments_hash });
  }

  /** The newest message of a session, as soon as it has come to an end. */
  async ended(sessionId: string): Promise<MessageListDto['items'][number]> {
    let newest: MessageListDto['items'][number] | undefined;
    await eventually(async () => {
      newest = (await this.call<MessageListDto>('GET', `/api/sessions/${sessionId}/messages`)).items.at(-1);
      return newest !== undefined && newest.status !== 'running';
    }, 30_000);
    return newest as MessageListDto['items'][number];
  }
}

/** Resolves once something of this kind was told. */
export function told(asked: Asked, type: ChatEvent['type'], count = 1): Promise<void> {
  return eventually(() => asked.events.filter((event) => event.type === type).length >= count, 20_000);
}
