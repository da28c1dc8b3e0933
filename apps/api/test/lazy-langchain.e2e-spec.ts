import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { startSimulator, type Simulator } from '../../../tools/provider-simulator/simulator.ts';
import { eventually } from './support/eventually.js';
import { ServerProcess } from './support/server-process.js';

jest.setTimeout(120_000);

/** Preloaded into the server: says of every module of LangChain's that it was loaded. */
const WATCH = `
  import { registerHooks } from 'node:module';
  registerHooks({
    load(url, context, next) {
      if (url.includes('/@langchain/') || url.includes('/langsmith/')) process.stdout.write('LANGCHAIN ' + url + '\\n');
      return next(url, context);
    },
  });`;

describe('a server that has not called a tool yet', () => {
  let folder: string;
  let simulator: Simulator;
  let server: ServerProcess;
  let address: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'opsagent-lazy-'));
    simulator = await startSimulator();
    server = ServerProcess.spawn({
      PORT: '0',
      OPSAGENT_AUTH: 'off',
      OPSAGENT_DATA_DIR: folder,
      OPSAGENT_OUTBOUND_ALLOW: `127.0.0.1:${simulator.port}`,
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(WATCH)}`,
    });
    address = await server.ready();
  });

  afterAll(async () => {
    await server.kill();
    await simulator.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function post(path: string, body: Record<string, unknown>): Promise<Record<string, unknown>> {
    const response = await fetch(address + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const answer = (await response.json()) as Record<string, unknown>;
    if (!response.ok) throw new Error(JSON.stringify(answer));
    return answer;
  }

  async function chat(model: string): Promise<unknown> {
    const config = await post('/api/llm-configs', {
      ...{ name: model, provider: 'openai', model_name: model, api_key: 'sim-key' },
      base_url: `${simulator.url}/openai/v1`,
    });
    const { answer } = await post('/v1/chat-messages', {
      ...{ query: 'hello', user: 'tester', inputs: {}, response_mode: 'blocking', model_config_id: config.id },
    });
    return answer;
  }

  it('answers without LangChain, and loads it for the first tool call', async () => {
    expect(await chat('sim-text-3')).not.toBe('');
    expect(server.output).not.toContain('LANGCHAIN');
    expect(await chat('sim-tool-once')).not.toBe('');
    await eventually(() => server.output.includes('/@langchain/langgraph/'));
  });
});
