import { setTimeout as pause } from 'node:timers/promises';
import type { Bench } from '../bench.ts';
import { type Question, runLoad } from '../client/load.ts';
import type { OpsAgent } from '../processes/opsagent.ts';
import { cpuBetween, memoryMb, readCpu } from '../processes/process-facts.ts';
import { percentile } from '../statistics.ts';

const PLAIN = 'sim-text-20';
const TOOLS = 'sim-tools';
/** A tool that does nothing but remember, so that the agent itself is measured. */
const CALL = 'call:write_todos {"todos":[{"text":"look at node-7","state":"pending"}]}';
const CLIENTS = 16;
const WARM_UP_MS = 1_500;
const AT_REST_AFTER_MS = 3_000;

/** What the first turn of the agent costs and leaves behind, and what later ones cost with and without a tool call. */
export async function measureAgent(bench: Bench, rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    const server = await bench.startOpsAgent([PLAIN, TOOLS], 'agent-chat');
    await measureServer(bench, server).finally(() => server.stop());
  }
}

async function measureServer(bench: Bench, server: OpsAgent): Promise<void> {
  const plain = server.question(PLAIN, false);
  const tool = toolQuestion(server);
  const add = (row: string, value: number): void => bench.figures.add(row, server.name, value);
  add('agent-tool-first', await cpuPerTurn(bench, server, tool, 1, 1));
  await pause(AT_REST_AFTER_MS);
  add('agent-rest', memoryMb(server.pid));
  await cpuPerTurn(bench, server, plain, CLIENTS, WARM_UP_MS);
  add('agent-plain', await cpuPerTurn(bench, server, plain, CLIENTS, bench.milliseconds));
  await cpuPerTurn(bench, server, tool, CLIENTS, WARM_UP_MS);
  add('agent-tool', await cpuPerTurn(bench, server, tool, CLIENTS, bench.milliseconds));
  for (const concurrency of [1, CLIENTS]) {
    add(`agent-step-${concurrency}`, await stepMs(bench, server, concurrency));
  }
}

/** Results stand between marks that differ each time, and the answer tells their digest: the rest of it must stay the same. */
function toolQuestion(server: OpsAgent): Question {
  const question = server.ask(TOOLS, CALL);
  const wholeText = (body: unknown): unknown => {
    const text = question.shape.wholeText(body);
    return typeof text === 'string' ? text.replaceAll(/(digest |id=\\")[0-9a-f]{12}/g, '$1') : text;
  };
  return { ...question, shape: { ...question.shape, wholeText } };
}

/** The slow turns of a model that asks for a tool beside the usual ones of one that does not: a step and the model's second call. */
async function stepMs(bench: Bench, server: OpsAgent, concurrency: number): Promise<number> {
  const load = { port: server.port, concurrency, milliseconds: bench.milliseconds };
  const plain = bench.count(await runLoad({ ...load, question: server.question(PLAIN, false) }));
  const tool = bench.count(await runLoad({ ...load, question: toolQuestion(server) }));
  return percentile(tool.totalMs, 0.95) - percentile(plain.totalMs, 0.5);
}

async function cpuPerTurn(
  bench: Bench,
  server: OpsAgent,
  question: Question,
  concurrency: number,
  milliseconds: number,
): Promise<number> {
  const before = readCpu(server.pids);
  const outcome = await runLoad({ port: server.port, question, concurrency, milliseconds });
  return cpuBetween(before, readCpu(server.pids)) / bench.count(outcome).count;
}
