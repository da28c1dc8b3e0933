import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { SCENARIOS } from '../scenarios/catalogue.ts';
import { usageOf } from '../scenarios/scenario.ts';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
const README = fileURLToPath(new URL('../README.md', import.meta.url));

function start(...args: string[]): ChildProcess {
  return spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
}

async function firstOutput(child: ChildProcess): Promise<string> {
  const [data] = (await once(child.stdout!, 'data')) as [Buffer];
  return data.toString();
}

describe('the command', () => {
  it('prints its address, answers there with the given key and ends on SIGTERM', async () => {
    const child = start('--port', '0', '--key', 'other');
    const address = /http:\/\/127\.0\.0\.1:\d+/.exec(await firstOutput(child))![0];
    const health = await fetch(`${address}/__health`);
    const models = await fetch(`${address}/openai/v1/models`, { headers: { authorization: 'Bearer other' } });
    expect([await health.json(), models.status]).toEqual([{ status: 'ok' }, 200]);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('says in one sentence what is wrong with an option', async () => {
    const child = start('--port', 'x');
    const [data] = (await once(child.stderr!, 'data')) as [Buffer];
    expect(data.toString()).toBe('--port x is not a port\n');
    expect(await once(child, 'exit')).toEqual([1, null]);
  });

  it('names every scenario in its help', async () => {
    const help = await firstOutput(start('--help'));
    for (const scenario of SCENARIOS) expect(help).toContain(` ${usageOf(scenario)} `);
  });
});

it('the README has a row for every scenario, as the help says it', async () => {
  const readme = await readFile(README, 'utf8');
  const rows = SCENARIOS.map((scenario) => {
    const wires = scenario.wires.map((wire) => (wire === 'openai' ? 'OpenAI' : 'Ollama')).join(', ');
    return `| \`${usageOf(scenario)}\` | ${scenario.about} | ${wires} |`;
  });
  const squeezed = readme.replaceAll(/ +/g, ' ');
  expect(rows.filter((row) => !squeezed.includes(row))).toEqual([]);
});
