import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type Server } from 'node:tls';
import { jest } from '@jest/globals';
import type { LlmConfigTestDto } from '@opsagent/contracts';
import { startSimulator, type Simulator } from '../../../tools/provider-simulator/simulator.ts';
import { TestAuthority } from './support/certificates.js';
import { ServerProcess } from './support/server-process.js';

jest.setTimeout(120_000);

describe('a model server whose certificate comes from an authority of one’s own', () => {
  const authority = new TestAuthority('Acme Internal CA');
  const started: ServerProcess[] = [];
  const sockets = new Set<Socket>();
  const folders: string[] = [];
  let caFile: string;
  let simulator: Simulator;
  let front: Server;
  let port: number;

  beforeAll(async () => {
    caFile = join(newFolder(), 'ca.pem');
    writeFileSync(caFile, authority.pem);
    simulator = await startSimulator();
    front = createServer(authority.sign(['127.0.0.1']), (socket) => {
      const onward = connect(simulator.port, '127.0.0.1');
      for (const end of [socket, onward]) sockets.add(end.on('error', () => undefined));
      socket.pipe(onward).pipe(socket);
    });
    front.on('tlsClientError', () => undefined);
    await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
    ({ port } = front.address() as AddressInfo);
  });

  afterAll(async () => {
    for (const server of started) await server.kill();
    for (const socket of sockets) socket.destroy();
    front.close();
    await simulator.close();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  function newFolder(): string {
    const folder = mkdtempSync(join(tmpdir(), 'opsagent-ca-'));
    folders.push(folder);
    return folder;
  }

  async function tested(settings: Record<string, string>): Promise<LlmConfigTestDto> {
    const server = ServerProcess.spawn({
      ...{ PORT: '0', OPSAGENT_AUTH: 'off', OPSAGENT_DATA_DIR: newFolder() },
      OPSAGENT_OUTBOUND_ALLOW: `127.0.0.1:${port}`,
      ...settings,
    });
    started.push(server);
    const response = await fetch(`${await server.ready()}/api/llm-configs/test`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        ...{ name: 'x', provider: 'vllm', model_name: 'sim-text-3' },
        base_url: `https://127.0.0.1:${port}/openai/v1`,
        api_key: 'sim-key',
      }),
    });
    return (await response.json()) as LlmConfigTestDto;
  }

  it('is reached by a server that was given the authority, and named as the cause by one that was not', async () => {
    // Nothing listens at this proxy: whoever asked it would fail.
    const proxy = { HTTPS_PROXY: 'http://127.0.0.1:1', NODE_USE_ENV_PROXY: '1' };
    const [given, not] = await Promise.all([tested({ NODE_EXTRA_CA_CERTS: caFile, ...proxy }), tested({})]);
    expect(given).toMatchObject({ success: true });
    expect(not.success).toBe(false);
    expect(JSON.stringify(not)).toContain('its certificate is signed by an authority this server does not know');
  });
});
