import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import type { LlmConfigDto, SessionDto } from '@opsagent/contracts';
import { startSimulator } from '../../../tools/provider-simulator/simulator.ts';
import { openEmbeddedPostgres } from '../src/platform/database/embedded/embedded-postgres.js';
import { eventually } from './support/eventually.js';
import { ServerProcess } from './support/server-process.js';
import { runSql } from './support/test-server.js';

const TOKEN = 'ops-test-token-of-the-administrator';
const ADMIN = {
  OPSAGENT_ADMIN_EMAIL: 'admin@example.org',
  OPSAGENT_ADMIN_PASSWORD: 'correct horse battery',
  OPSAGENT_ADMIN_TOKEN: TOKEN,
};

jest.setTimeout(120_000);

describe('The server as a process', () => {
  let folder: string;
  let started: ServerProcess[] = [];

  const start = (settings: Record<string, string> = {}): ServerProcess => {
    const server = ServerProcess.spawn({ PORT: '0', OPSAGENT_DATA_DIR: folder, ...settings });
    started.push(server);
    return server;
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'opsagent-start-'));
    started = [];
  });

  afterEach(async () => {
    for (const server of started.reverse()) await server.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  it('says where it is, where the data lies and how to sign in, and ends with nothing left running', async () => {
    const server = start();
    const address = await server.ready();
    expect((await fetch(`${address}/health`)).status).toBe(200);
    await eventually(() => server.output.includes(`The embedded PostgreSQL in ${folder}/postgres`));
    await eventually(() => /\/setup|one-time/i.test(server.output));
    server.signal('SIGTERM');
    expect(await server.ended()).toBe(0);
  });

  it('refuses a second start on the same folder, and the first goes on', async () => {
    const address = await start().ready();
    const second = start();
    expect(await second.ended()).toBe(1);
    expect(second.output).toMatch(/^The data folder .* is in use by process \d+; .*DATABASE_URL.*\n$/);
    expect((await fetch(`${address}/health/ready`)).status).toBe(200);
  });

  it('starts again on the data of a server that was killed', async () => {
    const killed = start();
    await killed.ready();
    killed.signal('SIGKILL');
    await killed.ended();
    const address = await start().ready();
    expect((await fetch(`${address}/health/ready`)).status).toBe(200);
  });

  it('ends within two seconds of SIGTERM while an answer is being streamed, and keeps what was said', async () => {
    const simulator = await startSimulator();
    const settings = { ...ADMIN, OPSAGENT_OUTBOUND_ALLOW: `127.0.0.1:${simulator.port}` };
    const server = start(settings);
    const session = await openStream(await server.ready(), `${simulator.url}/openai/v1`);
    const from = Date.now();
    server.signal('SIGTERM');
    expect(await server.ended()).toBe(0);
    expect(Date.now() - from).toBeLessThan(2_000);
    const again = await start(settings).ready();
    const { items } = await call<{ items: { answer: string; status: string }[] }>(
      `${again}/api/sessions/${session}/messages`,
    );
    await simulator.close();
    expect(items[0]?.answer).not.toBe('');
  });

  describe('with something its user can put right', () => {
    let taken: Server;

    beforeAll(async () => {
      taken = createServer();
      await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    });

    afterAll(() => new Promise((resolve) => taken.close(resolve)));

    const endsWith = async (settings: Record<string, string>, sentence: RegExp): Promise<void> => {
      const server = start(settings);
      expect(await server.ended()).toBe(1);
      expect(server.output.replace('Creating the database (once, a few seconds) …\n', '')).toMatch(sentence);
    };

    it('names the port that is taken', async () => {
      const { port } = taken.address() as AddressInfo;
      await endsWith({ PORT: String(port) }, new RegExp(`^Port ${port} is taken by another program; .*\\n$`));
    });

    it('names the database that does not answer, without its password', async () => {
      const settings = { DATABASE_URL: 'postgres://ops:s3cret@127.0.0.1:1/ops' };
      await endsWith(settings, /^The PostgreSQL at 127\.0\.0\.1:1 \(database ops\) named by DATABASE_URL .*\n$/);
      expect(started[0]?.output).not.toContain('s3cret');
    });

    it('names the data folder that cannot be made', async () => {
      writeFileSync(join(folder, 'file'), '');
      await endsWith(
        { OPSAGENT_DATA_DIR: join(folder, 'file', 'data') },
        /^The data folder .* cannot be written; .*\n$/,
      );
    });

    it('refuses another master key and damages nothing', async () => {
      const first = start();
      await first.ready();
      first.signal('SIGTERM');
      await first.ended();
      await endsWith({ OPSAGENT_MASTER_KEY: 'ab'.repeat(32) }, /^The master key is not the one .*\n$/);
      await start().ready();
    });

    it('refuses the database of the older system', async () => {
      const older = await openEmbeddedPostgres(folder);
      await runSql(older.options, 'create table llm_configs (id uuid primary key, name varchar(100))');
      await older.close();
      await endsWith({}, /^The database already holds an "llm_configs" table that OpsAgent did not make; .*\n$/);
    });

    it('lists every wrong setting at once', async () => {
      await endsWith({ PORT: 'x', OPSAGENT_AUTH: 'x' }, /^The environment is not usable: .*PORT.*OPSAGENT_AUTH.*\n$/);
    });
  });
});

async function call<T>(url: string, body?: object): Promise<T> {
  const response = await fetch(url, request(body));
  return (await response.json()) as T;
}

function request(body?: object): RequestInit {
  const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
  return body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers };
}

/** Asks a model that falls silent in the middle, reads until it has said something, and answers the session's id. */
async function openStream(address: string, baseUrl: string): Promise<string> {
  const model = { provider: 'openai', model_name: 'sim-stall-5', base_url: baseUrl, api_key: 'sim-key' };
  const config = await call<LlmConfigDto>(`${address}/api/llm-configs`, { name: 'slow', ...model });
  const session = await call<SessionDto>(`${address}/api/sessions`, { llm_config_id: config.id });
  const response = await fetch(`${address}/api/sessions/${session.session_id}/messages`, request({ query: 'speak' }));
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  for (let text = ''; !text.includes('"type":"text"');) {
    const { done, value } = (await reader?.read()) ?? { done: true };
    if (done) throw new Error(`The answer ended without a word: ${text}`);
    text += value;
  }
  // The server cuts the stream when it ends; nobody waits for the rest.
  reader?.closed.catch(() => undefined);
  return session.session_id;
}
