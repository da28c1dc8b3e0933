import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import express from 'express';
import { serveConsole } from '../src/platform/http/spa.js';

const HTML = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

describe('serving the console', () => {
  let folder: string;
  let server: Server;
  let url: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'opsagent-console-'));
  });

  async function start(): Promise<void> {
    const app = express()
      .use(serveConsole(folder))
      .use((_request, response) => void response.status(404).send('the server itself'));
    server = app.listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    rmSync(folder, { recursive: true });
  });

  async function build(): Promise<void> {
    writeFileSync(join(folder, 'index.html'), '<title>console</title>');
    writeFileSync(join(folder, 'main-AB12CD34.js'), 'start()');
    writeFileSync(join(folder, 'chunk-_aLg-Zv1.js'), 'go()');
    writeFileSync(join(folder, 'chunk-_aLg-Zv1.js.br'), brotliCompressSync('go()'));
    writeFileSync(join(folder, 'favicon.svg'), '<svg/>');
    await start();
  }

  it('sends its page for every address of its own, to be asked for again', async () => {
    await build();
    for (const path of ['/', '/sessions', '/llm-configs/7/edit?tab=test']) {
      const response = await fetch(`${url}${path}`, { headers: HTML });
      expect([path, response.status]).toEqual([path, 200]);
      expect(await response.text()).toContain('console');
      expect(response.headers.get('cache-control')).toBe('no-cache');
    }
  });

  it('lets browsers keep the files whose name changes with their content, and only those', async () => {
    await build();
    for (const name of ['main-AB12CD34.js', 'chunk-_aLg-Zv1.js']) {
      const hashed = await fetch(`${url}/${name}`);
      expect([name, hashed.headers.get('cache-control')]).toEqual([name, 'public, max-age=31536000, immutable']);
    }
    const plain = await fetch(`${url}/favicon.svg`);
    expect(plain.headers.get('cache-control')).toBe('no-cache');
  });

  it('sends the copy that the build has compressed to whoever can read it, and the plain file to others', async () => {
    await build();
    const asked = (encoding: string): Promise<Response> =>
      fetch(`${url}/chunk-_aLg-Zv1.js`, { headers: { 'accept-encoding': encoding } });
    const [small, plain] = [await asked('gzip, br'), await asked('identity')];
    expect(small.headers.get('content-encoding')).toBe('br');
    expect(small.headers.get('content-type')).toContain('javascript');
    expect(small.headers.get('vary')).toBe('Accept-Encoding');
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect([await small.text(), await plain.text()]).toEqual(['go()', 'go()']);
  });

  it.each([
    '/api/anything',
    '/v1/messages',
    '/docs',
    '/health/ready',
    '/metrics',
    '/openapi.json',
    '/openapi-3.0.json',
  ])('leaves %s to the server', async (path) => {
    await build();
    const response = await fetch(`${url}${path}`, { headers: HTML });
    expect(await response.text()).toBe('the server itself');
  });

  it('answers no page to programs, to changes, or in the place of a missing file', async () => {
    await build();
    const answers = await Promise.all([
      fetch(`${url}/sessions`, { headers: { accept: 'application/json' } }),
      fetch(`${url}/sessions`, { method: 'POST', headers: HTML }),
      fetch(`${url}/main-00000000.js`, { headers: HTML }),
    ]);
    expect(answers.map(({ status }) => status)).not.toContain(200);
  });

  it('sends no file from outside its folder', async () => {
    await build();
    for (const path of ['/..%2f..%2f..%2fetc%2fpasswd', '/%2e%2e/%2e%2e/etc/passwd', '/....//etc/passwd']) {
      const response = await fetch(`${url}${path}`, { headers: HTML });
      expect(await response.text()).not.toContain('root:');
    }
  });

  it('says so when the console is not built', async () => {
    await start();
    const response = await fetch(`${url}/`, { headers: HTML });
    expect(response.status).toBe(503);
    expect(await response.text()).toContain('The console is not built');
  });
});
