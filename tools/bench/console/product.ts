import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningServer, startServer } from '../../../apps/admin/e2e/support/server.ts';
import { seed } from './seed.ts';

export const ADMIN = { email: 'bench@example.org', password: 'correct horse battery' };
const TOKEN = 'ops-bench-0123456789-0123456789-0123456789';

/** The built product on a data folder of its own that holds much. */
export interface Product {
  readonly url: string;
  /** The session with the many messages. */
  readonly sessionId: string;
  /** Binds the session to one of the simulator's models. */
  useModel(model: string): Promise<void>;
  stop(): Promise<void>;
}

/** Started twice: rows that were put in behind its back are read at the second start. */
export async function startProduct(): Promise<Product> {
  const folder = await mkdtemp(join(tmpdir(), 'opsagent-bench-'));
  const settings = {
    OPSAGENT_DATA_DIR: folder,
    OPSAGENT_ADMIN_EMAIL: ADMIN.email,
    OPSAGENT_ADMIN_PASSWORD: ADMIN.password,
    OPSAGENT_ADMIN_TOKEN: TOKEN,
  };
  const first = await startServer(settings);
  const sessionId = await seed(folder).finally(() => first.stop());
  const server = await startServer(settings);
  const stop = async (): Promise<void> => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return { url: server.url, sessionId, useModel: (model) => useModel(server, sessionId, model), stop };
}

async function useModel(server: RunningServer, sessionId: string, model: string): Promise<void> {
  const config = { name: model, provider: 'openai', model_name: model, api_key: 'sim-key' };
  const found = await call(server, 'GET', `/api/llm-configs?search=${model}`);
  const [known] = found as { id: string }[];
  const { id } =
    known ??
    ((await call(server, 'POST', '/api/llm-configs', { ...config, base_url: `${server.simulator}/openai/v1` })) as {
      id: string;
    });
  await call(server, 'PATCH', `/api/sessions/${sessionId}`, { llm_config_id: id });
}

async function call(server: RunningServer, method: string, path: string, body?: object): Promise<unknown> {
  const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
  const response = await fetch(server.url + path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
  return response.json();
}
