import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { serveConsole } from '../src/platform/http/spa.js';

const HTML = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

describe('serving the console', () => {
  let folder: string;
  let server: Server;
  let url: string;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'opsagent-console-'));
    const app = express()
      .use(serveConsole(folder))
      .use((_request, response) => void response.status(404).send('the server itself'));
    server = app.listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    rmSync(folder, { recursive: true });
  });

  function build(): void {
    writeFileSync(join(folder, 'index.html'), '<title>console</title>');
    writeFileSync(join(folder, 'main-AB12CD34.js'), 'start()');
    writeFileSync(join(folder, 'favicon.svg'), '<svg/>');
  }

  it('sends its page for every address of its own, to be asked for again', async () => {
    build();
    for (const path of ['/', '/sessions', '/llm-configs/7/edit?tab=test']) {
      const response = await fetch(`${url}${path}`, { headers: HTML });
      expect([path, response.status]).toEqual([path, 200]);
      expect(await response.text()).toContain('console');
      expect(response.headers.get('cache-control')).toBe('no-cache');
    }
  });

  it('lets browsers keep the files whose name changes with their content, and only those', async () => {
    build();
    const hashed = await fetch(`${url}/main-AB12CD34.js`);
    expect(hashed.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    const plain = await fetch(`${url}/favicon.svg`);
    expect(plain.headers.get('cache-control')).toBe('no-cache');
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
    build();
    const response = await fetch(`${url}${path}`, { headers: HTML });
    expect(await response.text()).toBe('the server itself');
  });

  it('answers no page to programs, to changes, or in the place of a missing file', async () => {
    build();
    const answers = await Promise.all([
      fetch(`${url}/sessions`, { headers: { accept: 'application/json' } }),
      fetch(`${url}/sessions`, { method: 'POST', headers: HTML }),
      fetch(`${url}/main-00000000.js`, { headers: HTML }),
    ]);
    expect(answers.map(({ status }) => status)).not.toContain(200);
  });

  it('sends no file from outside its folder', async () => {
    build();
    for (const path of ['/..%2f..%2f..%2fetc%2fpasswd', '/%2e%2e/%2e%2e/etc/passwd', '/....//etc/passwd']) {
      const response = await fetch(`${url}${path}`, { headers: HTML });
      expect(await response.text()).not.toContain('root:');
    }
  });

  it('says so when the console is not built', async () => {
    const response = await fetch(`${url}/`, { headers: HTML });
    expect(response.status).toBe(503);
    expect(await response.text()).toContain('The console is not built');
  });
});
