import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Environment } from '../config/environment.js';
import { Outbound, type OutboundResponse } from './outbound.js';
import {
  AddressInvalid,
  AnswerTooLarge,
  ConnectionLost,
  ExchangeTimedOut,
  OutboundRefused,
  Unreachable,
} from './outbound.errors.js';

describe('the way out', () => {
  const servers: Server[] = [];
  let outbound: Outbound;

  beforeEach(() => {
    outbound = new Outbound(new Environment());
  });

  afterEach(async () => {
    await outbound.onApplicationShutdown();
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });

  /** A server on loopback, which the way out may reach unless the test says otherwise. */
  async function serve(listener: RequestListener, isAllowed = true): Promise<{ url: string; port: number }> {
    const server = createServer(listener);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    if (isAllowed) outbound.allow('127.0.0.1', port);
    return { url: `http://127.0.0.1:${port}`, port };
  }

  async function textOf({ body }: OutboundResponse): Promise<string> {
    const chunks: Buffer[] = [];
    for await (const bytes of body) chunks.push(bytes);
    return Buffer.concat(chunks).toString('utf8');
  }

  it('sends a request and hands out the answer', async () => {
    const { url } = await serve((request, response) => {
      request.pipe(response.writeHead(201, { 'x-method': String(request.method), 'x-path': String(request.url) }));
    });
    const response = await outbound.request(`${url}/a?b=c`, { method: 'POST', body: '你好' });
    expect([response.status, response.headers['x-method'], response.headers['x-path']]).toEqual([
      201,
      'POST',
      '/a?b=c',
    ]);
    expect(await textOf(response)).toBe('你好');
  });

  it('does not follow redirects', async () => {
    const asked: unknown[] = [];
    const { url } = await serve((request, response) => {
      asked.push(request.url);
      response.writeHead(307, { location: '/elsewhere' }).end();
    });
    expect((await outbound.request(url)).status).toBe(307);
    expect(asked).toEqual(['/']);
  });

  it('refuses loopback by address and by name, open or closed, in the same words', async () => {
    const { port } = await serve((_, response) => response.end(), false);
    const refusals = [];
    for (const host of [
      `127.0.0.1:${port}`,
      '127.0.0.1:1',
      `localhost:${port}`,
      'localhost:1',
      `[::1]:${port}`,
      `[::ffff:127.0.0.1]:${port}`,
    ]) {
      const refused = await outbound.request(`http://${host}/`).catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(OutboundRefused);
      refusals.push((refused as Error).message.replace(/^\S+ /, ''));
    }
    expect(new Set(refusals).size).toBe(1);
  });

  it.each(['ftp://example.org/', 'http://user:secret@example.org/', 'nonsense', 'file:///etc/passwd'])(
    'refuses %s',
    async (url) => {
      const refused = await outbound.request(url).catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(AddressInvalid);
      expect((refused as Error).message).not.toContain('secret');
    },
  );

  it('says why nothing could be reached', async () => {
    const { url, port } = await serve((_, response) => response.end());
    await new Promise((resolve) => servers.pop()?.close(resolve));
    await expect(outbound.request(url)).rejects.toBeInstanceOf(Unreachable);
    await expect(outbound.request(url)).rejects.toThrow(`127.0.0.1:${port} could not be reached: nothing answers`);
  });

  it('tells a connection that was lost before the answer from one lost inside it', async () => {
    const { url } = await serve((request, response) => {
      if (request.url === '/before') return void request.socket.destroy();
      response.write('some');
      setImmediate(() => request.socket.destroy());
    });
    await expect(outbound.request(`${url}/before`)).rejects.toMatchObject({ beforeAnswer: true });
    const response = await outbound.request(`${url}/inside`);
    const failed = await textOf(response).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(ConnectionLost);
    expect(failed).toMatchObject({ beforeAnswer: false });
  });

  it('reads no more than it is told to', async () => {
    const { url } = await serve((_, response) => response.end('x'.repeat(10_000)));
    const response = await outbound.request(url, { maxBytes: 1000 });
    await expect(textOf(response)).rejects.toBeInstanceOf(AnswerTooLarge);
  });

  it('waits no longer than it is told to', async () => {
    const { url } = await serve(() => undefined);
    await expect(outbound.request(url, { totalMs: 100 })).rejects.toBeInstanceOf(ExchangeTimedOut);
  });

  it('throws the reason of an abort and closes the socket', async () => {
    const closed = Promise.withResolvers<void>();
    const stop = new AbortController();
    const reason = new Error('stopped');
    const { url } = await serve((request) => {
      request.socket.on('close', () => closed.resolve());
      stop.abort(reason);
    });
    await expect(outbound.request(url, { signal: stop.signal })).rejects.toBe(reason);
    await closed.promise;
  });

  it('holds back a sender whose reader is slow, and loses nothing', async () => {
    const whole = 20_000_000;
    const { url } = await serve((_, response) => response.end('x'.repeat(whole)));
    const { body } = await outbound.request(url);
    let received = 0;
    let largest = 0;
    for await (const bytes of body) {
      received += bytes.length;
      largest = Math.max(largest, bytes.length);
      for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate);
    }
    expect(received).toBe(whole);
    expect(largest).toBeLessThan(1_000_000);
  });
});
