import type { Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import express, { type Response } from 'express';
import { type EventStream, openEventStream } from './sse.js';

const BIG = `data: ${'x'.repeat(256 * 1024)}\n\n`;

describe('an event stream', () => {
  let server: Server;
  let opened: Promise<EventStream>;
  let client: Socket;
  let received: string;

  beforeEach(async () => {
    received = '';
    let open: (stream: EventStream) => void;
    opened = new Promise((resolve) => (open = resolve));
    const app = express().get('/', (_request, response: Response) =>
      open(openEventStream(response, { keepAlive: { text: ': still here\n\n', everyMs: 20 } })),
    );
    server = app.listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    client = connect((server.address() as AddressInfo).port, '127.0.0.1');
    client.on('data', (chunk) => (received += chunk.toString()));
    client.on('error', () => undefined);
    client.write('GET / HTTP/1.1\r\nHost: test\r\n\r\n');
  });

  afterEach(async () => {
    client.destroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const until = async (isSo: () => boolean): Promise<void> => {
    const deadline = Date.now() + 3_000;
    while (!isSo() && Date.now() < deadline) await new Promise(setImmediate);
    expect(isSo()).toBe(true);
  };

  /** Writes until the stream asks to wait; no buffer between two programs is that large. */
  function fill(stream: EventStream): Promise<void> | void {
    for (let written = 0; written < 200; written += 1) {
      const waiting = stream.write(BIG);
      if (waiting) return waiting;
    }
  }

  it('sends its headers at once and every event as it is written', async () => {
    const stream = await opened;
    await until(() => received.includes('\r\n\r\n'));
    expect(received).toContain('Content-Type: text/event-stream; charset=utf-8');
    expect(received).toContain('X-Accel-Buffering: no');
    expect(stream.write('data: 你好\n\n')).toBeUndefined();
    await until(() => received.includes('data: '));
    stream.end();
    await until(() => stream.closed);
  });

  it('keeps a silent connection alive by comments', async () => {
    await opened;
    await until(() => received.includes(': still here'));
  });

  it('makes the writer wait for a slow client, and go on once it reads', async () => {
    const stream = await opened;
    await until(() => received.includes('\r\n\r\n'));
    client.pause();
    const waiting = fill(stream);
    expect(waiting).toBeInstanceOf(Promise);
    client.resume();
    await waiting;
    expect(stream.closed).toBe(false);
  });

  it('frees a waiting writer when the client goes away, and tells whoever asked', async () => {
    const stream = await opened;
    let calls = 0;
    stream.onClose(() => (calls += 1));
    client.pause();
    const waiting = fill(stream);
    client.destroy();
    await waiting;
    await until(() => calls === 1);
    expect(stream.closed).toBe(true);
    expect(stream.write('data: too late\n\n')).toBeUndefined();
    stream.onClose(() => (calls += 1));
    expect(calls).toBe(2);
  });
});
