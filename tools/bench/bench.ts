import type { Outcome } from './client/load.ts';
import type { Options, Suite } from './options.ts';
import { canPin, MEASURED_CORE, OTHER_CORE, pin } from './processes/cores.ts';
import { OpsAgent, type OpsAgentOptions } from './processes/opsagent.ts';
import { type OpenAiTarget, startRawProxy, startSimulatorProcess, startSseParser } from './processes/simulator.ts';
import { Figures } from './statistics.ts';
import { measureAgent } from './suites/agent.ts';
import { measureBlocking } from './suites/blocking.ts';
import { measureFirstToken } from './suites/first-token.ts';
import { measureAuditLog } from './suites/audit-log.ts';
import { measureLists } from './suites/lists.ts';
import { measureMemory } from './suites/memory.ts';
import { measureStart } from './suites/start.ts';
import { measureStreaming } from './suites/streaming.ts';
import type { Target } from './target.ts';

/** What every part of a run works with. */
export class Bench {
  readonly figures = new Figures();
  readonly milliseconds: number;
  readonly isPinned = canPin();
  answers = 0;
  bad = 0;
  failed = 0;
  private readonly server: string;
  private readonly simulator: OpenAiTarget;

  constructor(options: Options, simulator: OpenAiTarget) {
    this.milliseconds = options.seconds * 1000;
    this.server = options.server;
    this.simulator = simulator;
    this.keepAside([simulator.pid, process.pid]);
  }

  get direct(): Target {
    return this.simulator;
  }

  /** Starts a server on an empty data folder, with a configuration for each model. */
  async startOpsAgent(models: readonly string[], mode: OpsAgentOptions['mode'] = 'chat'): Promise<OpsAgent> {
    const server = await OpsAgent.start({ server: this.server, simulatorPort: this.simulator.port, mode });
    this.settle(server);
    await server.configure(models);
    return server;
  }

  async startRawProxy(): Promise<OpenAiTarget> {
    const proxy = await startRawProxy(this.simulator.port);
    this.measureOn([proxy.pid]);
    return proxy;
  }

  async startSseParser(): Promise<OpenAiTarget> {
    const parser = await startSseParser(this.simulator.port);
    this.measureOn([parser.pid]);
    return parser;
  }

  /** Puts a server on the measured core and its database on the other one. */
  settle(server: OpsAgent): void {
    this.measureOn(server.pids);
    this.keepAside(server.databasePids());
  }

  /** Keeps the books: every answer of every load counts. */
  count(outcome: Outcome): Outcome {
    this.answers += outcome.count;
    this.bad += outcome.bad;
    this.failed += outcome.failed;
    return outcome;
  }

  private measureOn(pids: readonly number[]): void {
    if (this.isPinned) pin(pids, MEASURED_CORE);
  }

  private keepAside(pids: readonly number[]): void {
    if (this.isPinned) pin(pids, OTHER_CORE);
  }
}

const MEASURE: Record<Suite, (bench: Bench, rounds: number) => Promise<void>> = {
  blocking: measureBlocking,
  'first-token': measureFirstToken,
  streaming: measureStreaming,
  memory: measureMemory,
  start: measureStart,
  agent: measureAgent,
  lists: measureLists,
  audit: measureAuditLog,
};

/** Runs the chosen parts one after the other; inside each the targets take turns, round by round. */
export async function runBench(options: Options): Promise<Bench> {
  const simulator = await startSimulatorProcess();
  try {
    const bench = new Bench(options, simulator);
    for (const suite of options.suites) {
      console.error(`measuring: ${suite}`);
      await MEASURE[suite](bench, options.rounds);
    }
    return bench;
  } finally {
    await simulator.stop();
  }
}
