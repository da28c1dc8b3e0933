import { openAiQuestion, type Target } from '../target.ts';
import { Child } from './child.ts';
import { freePort } from './free-port.ts';
import { isUp } from './is-up.ts';
import { fileOf } from './workspace.ts';

/** A target that speaks OpenAI's wire, as a process of its own. */
export interface OpenAiTarget extends Target {
  readonly pid: number;
  stop(): Promise<void>;
}

/** Starts the provider simulator without its log. */
export async function startSimulatorProcess(): Promise<OpenAiTarget> {
  const port = await freePort();
  const child = new Child('the simulator', [
    fileOf('tools/provider-simulator/main.ts'),
    '--port',
    `${port}`,
    '--no-log',
  ]);
  return ready('direct', child, port, []);
}

/** Starts the raw proxy in front of the simulator. */
export async function startRawProxy(simulatorPort: number): Promise<OpenAiTarget> {
  const port = await freePort();
  const child = new Child('the raw proxy', [fileOf('tools/bench/raw-proxy.ts'), `${port}`, `${simulatorPort}`]);
  return ready('raw proxy', child, port, [child.pid]);
}

/** Starts the bare parser of streams in front of the simulator. */
export async function startSseParser(simulatorPort: number): Promise<OpenAiTarget> {
  const port = await freePort();
  const child = new Child('the SSE parser', [fileOf('tools/bench/sse-parser.ts'), `${port}`, `${simulatorPort}`]);
  return ready('SSE parser', child, port, [child.pid]);
}

async function ready(name: Target['name'], child: Child, port: number, pids: readonly number[]): Promise<OpenAiTarget> {
  await child.until(() => isUp(port, '/__health'));
  return {
    ...{ name, port, pids, pid: child.pid, question: openAiQuestion, databasePids: () => [] },
    stop: () => child.stop(),
  };
}
