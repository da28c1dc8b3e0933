import { parseArgs } from 'node:util';
import { DIALECTS, OLLAMA_PREFIX } from './dialects.ts';
import { SCENARIOS } from './scenarios/catalogue.ts';
import { usageOf } from './scenarios/scenario.ts';
import { DEFAULT_KEY, startSimulator } from './simulator.ts';

const OPTIONS = {
  port: { type: 'string', default: '8901' },
  host: { type: 'string', default: '127.0.0.1' },
  key: { type: 'string', default: DEFAULT_KEY },
  'no-log': { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

function help(): string {
  const scenarios = SCENARIOS.map((scenario) => {
    const wires = scenario.wires.length === 2 ? '' : ` (${scenario.wires.join(', ')} wire only)`;
    return `  ${usageOf(scenario).padEnd(30)} ${scenario.about}${wires}`;
  });
  return `A strict stand-in for model providers: OpenAI's and Ollama's wires on one port.

Usage: node tools/provider-simulator/main.ts [options]

  --port PORT   8901 by default; 0 takes any free port
  --host HOST   127.0.0.1 by default
  --key KEY     the key calls must carry, ${DEFAULT_KEY} by default
  --no-log      keep no request log (benchmarks)
  --help        this text

Addresses: ${[...DIALECTS.map((dialect) => dialect.prefix), OLLAMA_PREFIX].join(' ')}
Log:       GET /__log[?model=NAME]   DELETE /__log   GET /__health

Models (then any tag, to keep parallel tests apart: sim-echo-mine):
${scenarios.join('\n')}`;
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: OPTIONS });
  if (values.help) return console.log(help());
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`--port ${values.port} is not a port`);
  const simulator = await startSimulator({ port, host: values.host, key: values.key, log: !values['no-log'] });
  console.log(`provider simulator on ${simulator.url}`);
  const stop = (): void => void simulator.close();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
