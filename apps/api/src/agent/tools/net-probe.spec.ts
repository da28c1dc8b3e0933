import { aToolContext } from '../../../test/support/tool-context.js';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { selfSigned, TestAuthority, type ServerCertificate } from '../../../test/support/certificates.js';
import { TestNames } from '../../../test/support/test-names.js';
import { Environment } from '../../platform/config/environment.js';
import { Outbound } from '../../platform/outbound/outbound.js';
import type { ToolResult } from './agent-tool.js';
import { problemWith } from './check-input.js';
import { netProbe } from './net-probe.js';
import type { ProbeInput } from './net/probe-task.js';

interface Told extends ToolResult {
  reachable?: boolean;
  steps?: Record<string, unknown>[];
}

describe('net_probe', () => {
  const authority = new TestAuthority();
  const trusted = getCACertificates('default');
  const servers: Server[] = [];
  const sockets = new Set<Socket>();
  let names: TestNames;
  let outbound: Outbound;

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
    servers.push(server.on('connection', (socket: Socket) => sockets.add(socket)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    if (isAllowed) for (const host of ['127.0.0.1', 'localhost', 'shop.test']) outbound.allow(host, port);
    return port;
  }

  const http = (listener: RequestListener): Promise<number> => listen(createHttpServer(listener));
  const https = (certificate: ServerCertificate): Promise<number> =>
    listen(createHttpsServer(certificate, (_, response) => response.end('hello')));

  async function probe(input: ProbeInput, signal = new AbortController().signal): Promise<Told> {
    const tool = netProbe(outbound);
    expect(problemWith(input, tool.parameters)).toBeUndefined();
    const result = (await tool.run(input, aToolContext({ signal }))) as Told;
    expect(JSON.stringify(result).length).toBeLessThan(4000);
    return result;
  }

  const stepsOf = ({ steps = [] }: Told): string[] =>
    steps.map(({ step, state }) => `${String(step)} ${String(state)}`);

  it('goes from the name to the answer of a url', async () => {
    names.set('shop.test', ['127.0.0.1']);
    const port = await http((request, response) => {
      response.writeHead(503, { 'content-type': 'application/json' }).end(JSON.stringify({ path: request.url }));
    });
    const result = await probe({ target: `http://shop.test:${port}/health` });
    expect(result).toMatchObject({ status: 'ok', reachable: true });
    expect(stepsOf(result)).toEqual(['dns passed', 'tcp passed', 'tls skipped', 'http passed']);
    expect(result.steps?.[0]).toMatchObject({ addresses: ['127.0.0.1'] });
    expect(result.steps?.[3]).toMatchObject({ status: 503, body: '{"path":"/health"}' });
  });

  it('reads no more than one KiB of an answer, and nothing of what is no text', async () => {
    const port = await http((request, response) => {
      const type = request.url === '/binary' ? 'application/octet-stream' : 'text/plain; charset=utf-8';
      response.writeHead(200, { 'content-type': type }).end('界'.repeat(1_000_000));
    });
    const text = await probe({ target: `http://127.0.0.1:${port}/` });
    expect(text.steps?.at(-1)?.['body']).toBe('界'.repeat(341));
    const binary = await probe({ target: `http://127.0.0.1:${port}/binary` });
    expect(binary.steps?.at(-1)).not.toHaveProperty('body');
  });

  it('tells where a redirect leads and does not go there', async () => {
    const asked: unknown[] = [];
    const port = await http((request, response) => {
      asked.push(request.url);
      response.writeHead(302, { location: '/login?next=/' }).end();
    });
    const result = await probe({ target: `http://127.0.0.1:${port}/` });
    expect(result.steps?.at(-1)).toMatchObject({ status: 302, redirect: `http://127.0.0.1:${port}/login` });
    expect(asked).toEqual(['/']);
  });

  it('shows a certificate and how many days it has left', async () => {
    const port = await https(authority.sign(['localhost'], 10.5));
    const result = await probe({ target: `localhost:${port}`, depth: 'tls' });
    expect(stepsOf(result)).toEqual(['dns passed', 'tcp passed', 'tls passed']);
    expect(result.steps?.at(-1)).toMatchObject({
      protocol: 'TLSv1.3',
      certificate: { subject: 'localhost', issuer: 'Test Authority', names: ['localhost'], days_left: 10 },
    });
  });

  it.each([
    ['expired', authority.sign(['localhost'], -2.5), -3],
    ['self_signed', selfSigned(['localhost']), 0],
    ['wrong_name', authority.sign(['other.test']), 0],
    ['untrusted', new TestAuthority('Nobody').sign(['localhost']), 0],
  ])('says that a certificate is %s, and asks nothing over it', async (reason, certificate, daysLeft) => {
    const port = await https(certificate);
    const result = await probe({ target: `https://localhost:${port}/` });
    expect(result).toMatchObject({ status: 'ok', reachable: false });
    expect(stepsOf(result)).toEqual(['dns passed', 'tcp passed', 'tls failed']);
    expect(result.steps?.at(-1)).toMatchObject({ reason, certificate: { days_left: daysLeft } });
  });

  it.each<[ProbeInput['depth'], string[]]>([
    ['dns', ['dns skipped']],
    ['tcp', ['dns skipped', 'tcp passed']],
  ])('goes no further than %s when told so', async (depth, steps) => {
    let connections = 0;
    const port = await listen(createServer(() => connections++));
    expect(stepsOf(await probe({ target: `127.0.0.1:${port}`, depth }))).toEqual(steps);
    expect(stepsOf(await probe({ target: `https://127.0.0.1:${port}`, depth }))).toEqual(steps);
  });

  it('says what does not answer, as a finding', async () => {
    const port = await listen(createServer());
    await new Promise((resolve) => servers.pop()?.close(resolve));
    const closed = await probe({ target: `127.0.0.1:${port}` });
    expect(closed).toMatchObject({ status: 'ok', reachable: false });
    expect(closed.steps?.at(-1)).toMatchObject({ step: 'tcp', state: 'failed', reason: 'refused' });
    const unknown = await probe({ target: 'no-such-name.invalid' });
    expect(unknown.steps).toMatchObject([{ step: 'dns', state: 'failed', reason: 'dns' }]);
    const hangsUp = await listen(createServer((socket) => socket.once('data', () => socket.destroy())));
    const lost = await probe({ target: `http://127.0.0.1:${hangsUp}/` });
    expect(lost.steps?.at(-1)).toMatchObject({ step: 'http', state: 'failed', reason: 'reset' });
  });

  it('refuses what may not be reached, in the same words for open and closed ports', async () => {
    let connections = 0;
    const port = await listen(
      createServer(() => connections++),
      false,
    );
    names.set('inside.test', ['10.0.0.7']);
    for (const host of ['127.0.0.1', 'localhost', '2130706433', 'inside.test', '[::1]', '169.254.169.254']) {
      const [open, closed] = await Promise.all([probe({ target: `${host}:${port}` }), probe({ target: `${host}:1` })]);
      expect(open.status).toBe('refused');
      expect(JSON.stringify(open).replace(`:${port}`, '')).toBe(JSON.stringify(closed).replace(':1 ', ' '));
      expect(JSON.stringify(open)).not.toContain('10.0.0.7');
    }
    expect(await probe({ target: `http://127.0.0.1:${port}/` })).toMatchObject({ status: 'refused' });
    expect(connections).toBe(0);
  });

  it.each<[ProbeInput, string]>([
    [{ target: '' }, 'The target must be a URL, a host with a port, or a host.'],
    [{ target: 'a.test/x' }, 'The target must be a URL, a host with a port, or a host.'],
    [{ target: 'me@a.test:80' }, 'The target must be a URL, a host with a port, or a host.'],
    [{ target: 'file:/etc/passwd' }, 'The target must be a URL, a host with a port, or a host.'],
    [{ target: 'a.test', depth: 'tcp' }, 'The depth tcp needs a target with a port.'],
    [{ target: 'a.test:80', depth: 'http' }, 'The depth http needs a URL as target.'],
    [{ target: 'a.test:70000' }, 'the address cannot be used: it is no URL'],
    [{ target: 'file:///etc/passwd' }, 'the address cannot be used: it is neither http nor https'],
    [{ target: 'http://me:secret@a.test/' }, 'the address cannot be used: it carries credentials'],
  ])('says of %j what is wrong', async (input, message) => {
    expect(await probe(input)).toEqual({ status: 'error', message });
  });

  it('ends when it is stopped', async () => {
    const stop = new AbortController();
    const reason = new Error('stopped');
    const port = await http(() => stop.abort(reason));
    await expect(probe({ target: `http://127.0.0.1:${port}/` }, stop.signal)).rejects.toBe(reason);
  });
});
