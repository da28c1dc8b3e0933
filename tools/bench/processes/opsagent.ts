import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DEFAULT_KEY } from '../../provider-simulator/simulator.ts';
import type { Question } from '../client/load.ts';
import { difyQuestion, sayingOf, type Target } from '../target.ts';
import { Child } from './child.ts';
import { freePort } from './free-port.ts';
import { isUp } from './is-up.ts';
import { descendantsOf } from './process-facts.ts';

const ADMIN_TOKEN = 'bench-bench-bench-bench-bench-bench-0001';
const APP_KEY = 'app-benchbenchbenchbench0001';

/** As `npm start` and the image start it. */
const NODE_FLAGS = ['--max-semi-space-size=8'];

export interface OpsAgentOptions {
  readonly server: string;
  readonly simulatorPort: number;
  readonly mode?: 'chat' | 'agent-chat';
}

/** A server on a data folder of its own, which is removed at the end. */
export class OpsAgent implements Target {
  readonly name = 'OpsAgent';
  /** From the start of the process to the first healthy answer. */
  readonly startedInMs: number;
  readonly port: number;
  private readonly child: Child;
  private readonly folder: string;
  private readonly options: OpsAgentOptions;
  private readonly configIds = new Map<string, string>();

  private constructor(child: Child, port: number, folder: string, options: OpsAgentOptions, startedInMs: number) {
    this.child = child;
    this.port = port;
    this.folder = folder;
    this.options = options;
    this.startedInMs = startedInMs;
  }

  static async start(options: OpsAgentOptions): Promise<OpsAgent> {
    if (!existsSync(options.server)) {
      throw new Error(`there is no ${options.server}; build it with: npx nx run api:build`);
    }
    const folder = await mkdtemp(join(tmpdir(), 'opsagent-bench-'));
    // The database's own user has to reach its folder inside.
    await chmod(folder, 0o755);
    return OpsAgent.startOn(folder, options);
  }

  get pid(): number {
    return this.child.pid;
  }

  get pids(): readonly number[] {
    return [this.child.pid];
  }

  databasePids(): readonly number[] {
    return descendantsOf(this.child.pid);
  }

  question(model: string, isStreaming: boolean): Question {
    const configId = this.configIds.get(model);
    if (configId === undefined) throw new Error(`no configuration was made for ${model}`);
    return difyQuestion({ appKey: APP_KEY, configId, saying: sayingOf(model) }, isStreaming);
  }

  /** @returns a question whose answer depends on it. */
  ask(model: string, query: string): Question {
    const configId = this.configIds.get(model) ?? '';
    return difyQuestion({ appKey: APP_KEY, configId, query, saying: { expected: null } }, false);
  }

  /** Makes a configuration for each of these models of the simulator. */
  async configure(models: readonly string[]): Promise<void> {
    for (const model of models) this.configIds.set(model, await this.createConfiguration(model));
  }

  /** Where the server and its database keep everything. */
  get dataFolder(): string {
    return join(this.folder, 'data');
  }

  /** Reads a list of the api as the administrator. @returns how many items it answered */
  async readList(path: string): Promise<number> {
    const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
    const response = await fetch(`http://127.0.0.1:${this.port}${path}`, { headers });
    if (response.status !== 200) throw new Error(`${path} answered ${response.status}`);
    const list = (await response.json()) as unknown[] | { items: unknown[] };
    return (Array.isArray(list) ? list : list.items).length;
  }

  /** Ends the process and starts another one on the same data. */
  async restart(): Promise<OpsAgent> {
    await this.child.stop();
    return OpsAgent.startOn(this.folder, this.options);
  }

  async stop(): Promise<void> {
    await this.child.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  private static async startOn(folder: string, options: OpsAgentOptions): Promise<OpsAgent> {
    const port = await freePort();
    const from = performance.now();
    const child = new Child('OpsAgent', [...NODE_FLAGS, resolve(options.server)], {
      OPSAGENT_DATA_DIR: join(folder, 'data'),
      PORT: String(port),
      OPSAGENT_ADMIN_TOKEN: ADMIN_TOKEN,
      OPSAGENT_APP_KEY: APP_KEY,
      OPSAGENT_OUTBOUND_ALLOW: `127.0.0.1:${options.simulatorPort}`,
      OPSAGENT_APP_MODE: options.mode ?? 'chat',
    });
    await child.until(() => isUp(port, '/health'));
    return new OpsAgent(child, port, folder, options, performance.now() - from);
  }

  private async createConfiguration(model: string): Promise<string> {
    const response = await fetch(`http://127.0.0.1:${this.port}/api/llm-configs`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        ...{ name: model, provider: 'openai', model_name: model, api_key: DEFAULT_KEY },
        base_url: `http://127.0.0.1:${this.options.simulatorPort}/openai/v1`,
      }),
    });
    if (response.status !== 201) throw new Error(`no configuration for ${model}: ${await response.text()}`);
    return String(((await response.json()) as { id: unknown }).id);
  }
}
