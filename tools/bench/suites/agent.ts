import type { Bench } from '../bench.ts';
import { Connection } from '../client/connection.ts';
import { type Question, Tally } from '../client/load.ts';
import type { OpsAgent } from '../processes/opsagent.ts';
import { cpuBetween, memoryMb, readCpu } from '../processes/process-facts.ts';

const PLAIN = 'sim-text-20';
const TOOLS = 'sim-tools';
/** A tool that does nothing but remember, so that the agent itself is measured. */
const LIGHT_CALL = 'call:write_todos {"todos":[{"text":"look at node-7","state":"pending"}]}';
const TURNS = 300;

/** What a turn of the agent costs without a tool, with its first tool call and with later ones. */
export async function measureAgent(bench: Bench, rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    const server = await bench.startOpsAgent([PLAIN, TOOLS], 'agent-chat');
    await measureServer(bench, server).finally(() => server.stop());
  }
}

async function measureServer(bench: Bench, server: OpsAgent): Promise<void> {
  const plain = server.question(PLAIN, false);
  const light = server.ask(TOOLS, LIGHT_CALL);
  const measure = async (row: string | null, question: Question, turns: number): Promise<void> => {
    const cpuMs = await cpuOfTurns(bench, server, question, turns);
    if (row !== null) bench.figures.add(row, server.name, cpuMs / turns);
  };
  await measure(null, plain, TURNS);
  await measure('agent-plain', plain, TURNS);
  await measure('agent-tool-first', light, 1);
  await measure(null, light, TURNS);
  await measure('agent-tool', light, TURNS);
  bench.figures.add('agent-rest', server.name, memoryMb(server.pid));
}

/** One turn after the other, each in a conversation of its own. */
async function cpuOfTurns(bench: Bench, server: OpsAgent, question: Question, turns: number): Promise<number> {
  const tally = new Tally(question);
  const connection = await Connection.open(server.port);
  const from = performance.now();
  const before = readCpu(server.pids);
  for (let turn = 0; turn < turns; turn += 1) await tally.ask(connection);
  const cpuMs = cpuBetween(before, readCpu(server.pids));
  connection.close();
  bench.count(tally.outcome(performance.now() - from));
  return cpuMs;
}
