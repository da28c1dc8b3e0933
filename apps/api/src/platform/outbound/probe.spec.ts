import { createServer as createHttpServer } from 'node:http';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, getCACertificates, setDefaultCACertificates } from 'node:tls';
import { selfSigned, TestAuthority, type ServerCertificate } from '../../../test/support/certificates.js';
import { TestNames } from '../../../test/support/test-names.js';
import { Environment } from '../config/environment.js';
import { Outbound, type ProbeStep } from './outbound.js';
import { AddressInvalid, ConnectTimedOut, OutboundRefused, Unreachable } from './outbound.errors.js';

describe('the probe of an address', () => {
  const authority = new TestAuthority();
  const servers: Server[] = [];
  const sockets = new Set<Socket>();
  let names: TestNames;
  let outbound: Outbound;

  const trusted = getCACertificates('default');

  beforeAll(() => setDefaultCACertificates([...trusted, authority.pem]));

  afterAll(() => setDefaultCACertificates(trusted));

  beforeEach(() => {
    names = new TestNames();
    outbound = new Outbound(new Environment(), names);
  });

  afterEach(async () => {
    await outbound.onApplicationShutdown();
    for (const socket of sockets) socket.destroy();
    sockets.clear();
    for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
  });

  async function listen(server: Server, isAllowed = true): Promise<number> {
    servers.push(server);
    server.on('connection', (socket: Socket) => sockets.add(socket.on('error', () => undefined)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    if (isAllowed) for (const host of ['127.0.0.1', 'localhost', 'gpu.test']) outbound.allow(host, port);
    return port;
  }

  function tlsServer(certificate: ServerCertificate): Server {
    return createTlsServer(certificate);
  }

  async function probed(url: string, options: { signal?: AbortSignal; connectMs?: number } = {}): Promise<ProbeStep[]> {
    const steps: ProbeStep[] = [];
    for await (const step of outbound.probe(url, { signal: new AbortController().signal, ...options }))
      steps.push(step);
    return steps;
  }

  const told = (steps: readonly ProbeStep[]): string[] => steps.map(({ stage, state }) => `${stage} ${state}`);

  it('goes up to the connection, step by step, and sends nothing', async () => {
    let received = 0;
    const closed = Promise.withResolvers<void>();
    const port = await listen(
      createServer((socket) => {
        socket.on('data', (bytes) => (received += bytes.length)).on('close', () => closed.resolve());
      }),
    );
    names.set('gpu.test', ['127.0.0.1']);
    const steps = await probed(`http://gpu.test:${port}/v1`);
    expect(told(steps)).toEqual([
      ...['address started', 'address passed', 'dns started', 'dns passed'],
      ...['tcp started', 'tcp passed', 'tls skipped'],
    ]);
    expect(steps[3]?.facts).toEqual({ addresses: ['127.0.0.1'] });
    expect(steps[5]?.facts).toEqual({ address: '127.0.0.1', port });
    await closed.promise;
    expect(received).toBe(0);
  });

  it('looks no name up for an IP address', async () => {
    const port = await listen(createServer());
    expect(told(await probed(`http://127.0.0.1:${port}`))).toContain('dns skipped');
    expect(names.asked).toEqual([]);
  });

  it('says that a name is not known', async () => {
    const steps = await probed('http://no-such-name.invalid/');
    expect(told(steps).at(-1)).toBe('dns failed');
    expect(steps.at(-1)?.error).toBeInstanceOf(Unreachable);
    expect(steps.at(-1)?.error).toMatchObject({ reason: 'dns' });
  });

  it('says that nothing listens', async () => {
    const port = await listen(createServer());
    await new Promise((resolve) => servers.pop()?.close(resolve));
    const last = (await probed(`https://127.0.0.1:${port}`)).at(-1);
    expect(last).toMatchObject({ stage: 'tcp', state: 'failed', error: { reason: 'refused', errno: 'ECONNREFUSED' } });
  });

  it.each([
    ['expired', authority.sign(['localhost'], -1)],
    ['self_signed', selfSigned(['localhost'])],
    ['untrusted', new TestAuthority('Nobody').sign(['localhost'])],
    ['wrong_name', authority.sign(['other.test'])],
  ] as const)('says that a certificate is %s, and shows it', async (fault, certificate) => {
    const port = await listen(tlsServer(certificate));
    const last = (await probed(`https://localhost:${port}`)).at(-1);
    const name = fault === 'wrong_name' ? 'other.test' : 'localhost';
    expect(last).toMatchObject({
      ...{ stage: 'tls', state: 'failed', error: { reason: 'tls', tls: fault } },
      facts: { certificate: { subject: name, names: [name] } },
    });
    // A request fails in the very same words.
    const refused = await outbound.request(`https://localhost:${port}`).catch((error: unknown) => error);
    expect(refused).toMatchObject({ message: last?.error?.message, reason: 'tls', tls: fault });
  });

  it('shows the certificate of a server it trusts', async () => {
    const port = await listen(tlsServer(authority.sign(['gpu.test', '127.0.0.1'], 3)));
    const last = (await probed(`https://127.0.0.1:${port}`)).at(-1);
    expect(last).toMatchObject({ stage: 'tls', state: 'passed', facts: { protocol: 'TLSv1.3' } });
    const { valid_to, ...certificate } = last?.facts?.certificate ?? { valid_to: '' };
    expect(certificate).toEqual({ subject: 'gpu.test', issuer: 'Test Authority', names: ['gpu.test', '127.0.0.1'] });
    expect(Math.round((Date.parse(valid_to) - Date.now()) / 86_400_000)).toBe(3);
  });

  it.each([
    ['an HTTP server', createHttpServer((_, response) => response.end())],
    ['a server that speaks first', createServer((socket) => socket.write('SSH-2.0-x\r\n'))],
  ])('says that %s speaks no TLS', async (_what, server) => {
    const port = await listen(server);
    const last = (await probed(`https://127.0.0.1:${port}`)).at(-1);
    expect(last).toMatchObject({ stage: 'tls', state: 'failed', error: { reason: 'tls', tls: 'not_spoken' } });
  });

  it('says that the other side hung up in the middle of the handshake', async () => {
    const port = await listen(createServer((socket) => socket.once('data', () => socket.destroy())));
    const last = (await probed(`https://127.0.0.1:${port}`)).at(-1);
    expect(last).toMatchObject({ stage: 'tls', state: 'failed', error: { reason: 'reset' } });
  });

  it('waits no longer than it is told to', async () => {
    const port = await listen(createServer());
    const last = (await probed(`https://127.0.0.1:${port}`, { connectMs: 100 })).at(-1);
    expect([last?.stage, last?.state]).toEqual(['tls', 'failed']);
    expect(last?.error).toBeInstanceOf(ConnectTimedOut);
  });

  it('throws the reason of an abort and closes its socket', async () => {
    const closed = Promise.withResolvers<void>();
    const stop = new AbortController();
    const reason = new Error('stopped');
    const port = await listen(
      createServer((socket) => {
        socket.resume().on('close', () => closed.resolve());
        stop.abort(reason);
      }),
    );
    await expect(probed(`https://127.0.0.1:${port}`, { signal: stop.signal })).rejects.toBe(reason);
    await closed.promise;
  });

  it('closes its socket when nobody reads on', async () => {
    const closed = Promise.withResolvers<void>();
    const port = await listen(createServer((socket) => socket.resume().on('close', () => closed.resolve())));
    for await (const { stage, state } of outbound.probe(`https://127.0.0.1:${port}`, {
      signal: new AbortController().signal,
    })) {
      if (stage === 'tcp' && state === 'passed') break;
    }
    await closed.promise;
  });

  it('refuses what is private in the same words whether a port is open or closed, and names no address', async () => {
    let connections = 0;
    const port = await listen(
      createServer(() => connections++),
      false,
    );
    names.set('inside.test', ['127.0.0.1', '10.1.2.3']);
    for (const host of ['127.0.0.1', 'inside.test', 'localhost']) {
      const [open, closed] = await Promise.all([probed(`http://${host}:${port}`), probed(`http://${host}:1`)]);
      expect(open.at(-1)?.error).toBeInstanceOf(OutboundRefused);
      const timeless = (steps: ProbeStep[]): unknown =>
        steps.map(({ stage, state, error, facts }) => [
          ...[stage, state, error?.message.replace(/:\d+/, ''), facts?.addresses, facts?.address],
        ]);
      expect(timeless(open)).toEqual(timeless(closed));
      if (host !== '127.0.0.1') expect(JSON.stringify(open) + open.at(-1)?.error?.message).not.toMatch(/127\.0|10\.1/);
    }
    expect(connections).toBe(0);
  });

  it('says what is no address', async () => {
    const steps = await probed('file:///etc/passwd');
    expect(told(steps)).toEqual(['address started', 'address failed']);
    expect(steps[1]?.error).toBeInstanceOf(AddressInvalid);
  });
});
