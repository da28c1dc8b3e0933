import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import type { LlmConfigDto, MessageListDto, SessionListDto } from '@opsagent/contracts';
import { BROKEN } from '../../../tools/demo/configurations.ts';
import { fill } from '../../../tools/demo/fill.ts';
import { type Simulator, startSimulator } from '../../../tools/provider-simulator/simulator.ts';
import { main as verify } from '../../../tools/verify/main.ts';
import { ServerProcess } from './support/server-process.js';

const APP_KEY = 'app-verifyverifyverifyverify';

jest.setTimeout(120_000);

describe('The demonstration and the check of a running server', () => {
  let folder: string;
  let simulator: Simulator;
  let server: ServerProcess;
  let url: string;

  const get = async <T>(path: string): Promise<T> => (await (await fetch(url + path)).json()) as T;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'opsagent-demo-'));
    simulator = await startSimulator();
    server = ServerProcess.spawn({
      PORT: '0',
      OPSAGENT_DATA_DIR: folder,
      OPSAGENT_AUTH: 'off',
      OPSAGENT_APP_KEY: APP_KEY,
      OPSAGENT_OUTBOUND_ALLOW: `127.0.0.1:${simulator.port}`,
    });
    url = await server.ready();
    jest.spyOn(console, 'log').mockImplementation(() => undefined);
    await fill(url, simulator.url);
  });

  afterAll(async () => {
    await server.kill();
    await simulator.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('has a configuration of every provider, each marked as simulated, and one default', async () => {
    const configs = await get<LlmConfigDto[]>('/api/llm-configs');
    expect(new Set(configs.map(({ provider }) => provider)).size).toBe(9);
    for (const { name, description } of configs) expect(`${name} ${description}`).toMatch(/simulated.*simulator/s);
    expect(configs.filter(({ is_default }) => is_default)).toHaveLength(1);
  });

  it('has sessions with every kind of answer', async () => {
    const { items } = await get<SessionListDto>('/api/sessions');
    const pages = await Promise.all(
      items.map(({ session_id }) => get<MessageListDto>(`/api/sessions/${session_id}/messages`)),
    );
    const messages = pages.flatMap((page) => page.items);
    expect(items.length).toBeGreaterThan(9);
    expect(messages.filter(({ status }) => status === 'failed')).toHaveLength(1);
    expect(messages.some(({ reasoning }) => reasoning !== '')).toBe(true);
    expect(messages.some(({ steps }) => steps.length > 0)).toBe(true);
    expect(messages.some(({ versions }) => versions.length === 2)).toBe(true);
    expect(messages.some(({ answer }) => answer.includes('```'))).toBe(true);
    expect(items.some(({ pinned_at }) => pinned_at !== null)).toBe(true);
  });

  it('adds nothing at the next start', async () => {
    const counts = async (): Promise<number[]> => [
      (await get<LlmConfigDto[]>('/api/llm-configs')).length,
      (await get<SessionListDto>('/api/sessions')).total,
    ];
    const before = await counts();
    await fill(url, simulator.url);
    expect(await counts()).toEqual(before);
  });

  it('is found to work, and is left as it was', async () => {
    const before = await get<SessionListDto>('/api/sessions');
    const lines: string[] = [];
    const code = await verify(['--url', url, '--app-key', APP_KEY], (line) => void lines.push(line));
    expect(lines.filter((line) => !line.startsWith('ok'))).toEqual([`${url} works.`]);
    expect(code).toBe(0);
    expect((await get<SessionListDto>('/api/sessions')).total).toBe(before.total);
  });

  it('is found wanting with a configuration whose key is refused, and the reason is told', async () => {
    const configs = await get<LlmConfigDto[]>('/api/llm-configs');
    const broken = configs.find(({ name }) => name === BROKEN.name)?.id ?? '';
    const lines: string[] = [];
    const args = ['--url', url, '--app-key', APP_KEY, '--model-config-id', broken];
    expect(await verify(args, (line) => void lines.push(line))).toBe(1);
    const failed = lines.filter((line) => line.startsWith('FAIL')).join('\n');
    expect(failed).toMatch(/a streamed answer: the answer ends with .*invalid-key/);
    expect(failed).toMatch(/\/v1 streamed answer: it ends with /);
  });

  it('finds wanting what is no OpsAgent', async () => {
    const other: Server = createServer((_request, response) => response.end('<html>')).listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const lines: string[] = [];
    const address = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    expect(await verify(['--url', address], (line) => void lines.push(line))).toBe(1);
    expect(lines[0]).toMatch(/^FAIL .* health: GET \/health answered no JSON/);
    await new Promise((resolve) => other.close(resolve));
  });
});
