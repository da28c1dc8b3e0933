import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import type { LlmConfigDto } from '@opsagent/contracts';
import { startSimulator, type Simulator } from '../../../tools/provider-simulator/simulator.ts';
import { FirstLlmConfigs } from '../src/llm-config/first-start/first-llm-configs.js';
import { StartupNotes } from '../src/platform/config/startup-notes.js';
import { eventually } from './support/eventually.js';
import { LlmConfigClient } from './support/llm-config-client.js';
import { ServerProcess } from './support/server-process.js';
import { startTestApp, type TestApp, type TestSettings } from './support/test-app.js';
import { createTestDatabase, type TestDatabase } from './support/test-database.js';

const KEYS = {
  OPENAI_API_KEY: 'sk-openai-0123456789',
  DEEPSEEK_API_KEY: ' sk-deepseek-0123456789\n',
  DASHSCOPE_API_KEY: 'dashscope-key-0123456789',
  ARK_API_KEY: 'ark-key-0123456789',
  ZHIPUAI_API_KEY: 'zhipu-key-0123456789',
  MOONSHOT_API_KEY: 'moonshot-key-0123456789',
  QIANFAN_API_KEY: 'bce-v3/ALTAK-0123456789/0123456789',
};

jest.setTimeout(120_000);

describe('The first start', () => {
  let database: TestDatabase;
  let servers: TestApp[];

  beforeEach(async () => {
    database = await createTestDatabase();
    servers = [];
  });

  afterEach(async () => {
    for (const server of servers) await server.close();
    await database.drop();
  });

  const start = async (settings: TestSettings = {}): Promise<TestApp> => {
    const server = await startTestApp(settings, database);
    servers.push(server);
    return server;
  };

  const configsOf = async (server: TestApp): Promise<LlmConfigDto[]> =>
    (await new LlmConfigClient(server).send<LlmConfigDto[]>('GET', '?sort=name')).body;

  const notesOf = (server: TestApp): readonly string[] => server.app.get(StartupNotes).lines;

  it('makes a configuration of every key in the environment, the first one the default', async () => {
    const server = await start(KEYS);
    const configs = await configsOf(server);
    expect(configs.map(({ name, provider }) => [name, provider])).toEqual(
      ['baidu', 'deepseek', 'doubao', 'moonshot', 'openai', 'tongyi', 'zhipu'].map((name) => [name, name]),
    );
    expect(configs.filter((config) => config.is_default).map(({ name }) => name)).toEqual(['openai']);
    expect(configs[1]).toMatchObject({ model_name: 'deepseek-flash', api_key_masked: 'sk-…6789', is_active: true });
    expect(notesOf(server)).toContain(
      'DEEPSEEK_API_KEY found: made the model configuration "deepseek", for deepseek-flash',
    );
  });

  it('writes them down as the server’s doing, and the keys nowhere', async () => {
    const server = await start(KEYS);
    const entries = await server.query<{ actor_kind: string; target_name: string }>(
      `select * from audit_log where action = 'llm_config.create' order by seq`,
    );
    expect(entries.map((entry) => [entry.actor_kind, entry.target_name]).slice(0, 2)).toEqual([
      ['system', 'openai'],
      ['system', 'deepseek'],
    ]);
    const rows = await server.query('select * from llm_configs');
    const said = [JSON.stringify([entries, rows]), ...server.log, ...notesOf(server)].join('\n');
    for (const key of Object.values(KEYS)) expect(said).not.toContain(key.trim());
  });

  it('happens once: what is deleted stays deleted, and a later key makes nothing', async () => {
    const first = await start({ ARK_API_KEY: KEYS.ARK_API_KEY });
    const [config] = await configsOf(first);
    await new LlmConfigClient(first).send('DELETE', `/${config?.id}?force=true`);
    const second = await start(KEYS);
    expect(await configsOf(second)).toEqual([]);
    expect(notesOf(second).join()).not.toContain('_API_KEY');
  });

  it('happens in one of two processes that start together', async () => {
    const [one, other] = await Promise.all([start(KEYS), start(KEYS)]);
    expect(await configsOf(one)).toHaveLength(7);
    const lines = [...notesOf(one), ...notesOf(other)].filter((line) => line.includes('_API_KEY'));
    expect(lines).toHaveLength(7);
  });

  it('leaves an older installation as it is', async () => {
    const older = await start();
    await new LlmConfigClient(older).create({ name: 'mine' });
    await older.query(`delete from settings where key = 'first_llm_configs'`);
    const server = await start(KEYS);
    expect((await configsOf(server)).map(({ name }) => name)).toEqual(['mine']);
  });

  it('says that a value cannot be a key, and goes on', async () => {
    const server = await start({ ...KEYS, OPENAI_API_KEY: '你的密钥' });
    expect((await configsOf(server)).map(({ name }) => name)).not.toContain('openai');
    expect(notesOf(server).join('\n')).toMatch(/OPENAI_API_KEY found, but no .*: api_key must be printable ASCII/);
  });

  describe('beside an Ollama', () => {
    let simulator: Simulator;

    beforeAll(async () => {
      simulator = await startSimulator();
    });

    afterAll(() => simulator.close());

    const found = async (server: TestApp, url = `${simulator.url}/ollama`): Promise<string | null> =>
      server.app.get(FirstLlmConfigs).addFromOllama(url);

    it('makes a configuration of each installed chat model, ten at most', async () => {
      const server = await start({ OPSAGENT_OUTBOUND_ALLOW: `127.0.0.1:${simulator.port}` });
      const line = await found(server);
      expect(line).toMatch(/^Ollama found at .*\/ollama: made the model configurations "ollama sim-text", /);
      const configs = await configsOf(server);
      expect(configs).toHaveLength(10);
      expect(configs.find(({ name }) => name === 'ollama sim-text')).toMatchObject({
        provider: 'ollama',
        model_name: 'sim-text:latest',
        is_default: true,
      });
      expect(configs.some(({ name }) => name.includes('embed'))).toBe(false);
      expect(configs.filter((config) => config.is_default)).toHaveLength(1);
    });

    it('leaves the default to the first key of the environment', async () => {
      const server = await start({
        ARK_API_KEY: 'ark-0123456789',
        OPSAGENT_OUTBOUND_ALLOW: `127.0.0.1:${simulator.port}`,
      });
      await found(server);
      expect((await configsOf(server)).find((config) => config.is_default)?.name).toBe('doubao');
    });

    it('is quiet about one that is not there, and about something else in its place', async () => {
      const server = await start({ OPSAGENT_OUTBOUND_ALLOW: `127.0.0.1:9,127.0.0.1:${simulator.port}` });
      for (const url of ['http://127.0.0.1:9', 'http://127.0.0.1:10', `${simulator.url}/openai`, simulator.url]) {
        expect(await found(server, url)).toBeNull();
      }
      expect(await configsOf(server)).toEqual([]);
    });
  });

  it('is told by the process that starts, without the keys', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'opsagent-first-'));
    const server = ServerProcess.spawn({ PORT: '0', OPSAGENT_DATA_DIR: folder, ...KEYS });
    try {
      await server.ready();
      // Told after the line that it is ready.
      for (const name of Object.keys(KEYS)) await eventually(() => server.output.includes(`${name} found: made`));
      for (const key of Object.values(KEYS)) expect(server.output).not.toContain(key.trim());
    } finally {
      await server.kill();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
