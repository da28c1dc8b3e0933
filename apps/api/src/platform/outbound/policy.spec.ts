import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { REFUSED_HOSTS } from '../../../test/support/refused-hosts.js';
import { TestNames } from '../../../test/support/test-names.js';
import { Environment } from '../config/environment.js';
import { AddressInvalid, OutboundRefused, Unreachable } from './outbound.errors.js';
import { Outbound } from './outbound.js';

/** Names that look public and are not: what they resolve to counts. */
const REFUSED_NAMES: Readonly<Record<string, string[]>> = {
  'db.example.com': ['10.0.0.5'],
  '127.0.0.1.nip.io': ['127.0.0.1'],
  '7f000001.rebind.test': ['127.0.0.1', '::1'],
  'meta.example.com': ['169.254.169.254'],
  'meta6.example.com': ['fd00:ec2::254'],
  'mapped.example.com': ['::ffff:127.0.0.1'],
  'zoned.example.com': ['fe80::1%lo'],
  'nat64.example.com': ['64:ff9b::7f00:1'],
  'empty.example.com': [],
};

/** What is no plain http or https address at all. */
const INVALID = [
  ...['', 'nonsense', '//127.0.0.1', '/etc/passwd', 'http://', 'http:///', 'http://[::1', 'http://[fe80::1%25eth0]/'],
  ...['http://1.2.3.4.5/', 'http://256.1.1.1/', 'http://0x100000000/', 'http://example.com:99999/', 'http://a b/'],
  ...[
    'file:///etc/passwd',
    'gopher://127.0.0.1:6379/_INFO',
    'data:text/plain,x',
    'ftp://example.org/',
    'ws://127.0.0.1',
  ],
  ...['unix:/var/run/docker.sock', 'http+unix://%2Fvar%2Frun%2Fdocker.sock/', 'javascript:alert(1)', 'blob:http://x/1'],
  ...['http://user:secret@example.org/', 'http://secret@example.org/', 'http://example.org:80@127.0.0.1/'],
  ...[
    'http://example.org\\@127.0.0.1/',
    'http:\\\\127.0.0.1\\',
    'ht\ntp://127.0.0.1/',
    'http://127.0.0.1\t/',
    ' http://127.0.0.1',
  ],
  ...[
    'http://127.0.0.1\r\nHost: x/',
    'http://exam\u0000ple.org/',
    'http://example.org/\u2028',
    'http://ex%00ample.org/',
  ],
];

describe('what may be reached', () => {
  let server: Server;
  let port: number;
  let connections = 0;
  let requests = 0;
  let names: TestNames;
  let outbound: Outbound;

  beforeAll(async () => {
    server = createServer((_, response) => {
      requests++;
      response.end('inside');
    }).on('connection', () => connections++);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ({ port } = server.address() as AddressInfo);
  });

  beforeEach(() => {
    [connections, requests] = [0, 0];
    names = new TestNames();
    for (const [name, addresses] of Object.entries(REFUSED_NAMES)) names.set(name, addresses);
    outbound = new Outbound(new Environment(), names);
  });

  afterEach(() => outbound.onApplicationShutdown());

  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const failureOf = async (url: string): Promise<Error> =>
    outbound.request(url, { connectMs: 3000 }).then(
      () => new Error('answered'),
      (error: unknown) => error as Error,
    );

  it.each([...REFUSED_HOSTS, ...Object.keys(REFUSED_NAMES)])(
    'not %s, in the same words for an open and a closed port, and before anything connects',
    async (host) => {
      const failures = await Promise.all([failureOf(`http://${host}:${port}/`), failureOf(`http://${host}:1/`)]);
      const [open, closed] = failures.map(({ message }) => message.replace(/:\d+ may not/, ' may not'));
      expect(failures.map((failure) => failure.constructor)).toEqual([OutboundRefused, OutboundRefused]);
      expect(open).toBe(closed);
      expect(connections).toBe(0);
      // Whatever is forbidden as written is not even looked up: a slow answer would tell.
      expect(names.asked.every((name) => name in REFUSED_NAMES)).toBe(true);
      await expect(failureOf(`https://${host}:${port}/`)).resolves.toBeInstanceOf(OutboundRefused);
    },
  );

  it('is told of more than sixty forbidden forms', () => {
    expect(new Set([...REFUSED_HOSTS, ...Object.keys(REFUSED_NAMES), ...INVALID]).size).toBeGreaterThan(100);
  });

  it('gives away nothing of what a private name resolves to', async () => {
    expect((await failureOf(`http://db.example.com:${port}/`)).message).not.toContain('10.0.0.5');
  });

  it.each(INVALID)('not %j, which is no plain address', async (url) => {
    const failure = await failureOf(url);
    expect(failure).toBeInstanceOf(AddressInvalid);
    expect(failure.message).not.toContain('secret');
    expect(connections).toBe(0);
  });

  it.each([
    'http://8.8.8.8/',
    'https://1.1.1.1:8443/v1',
    'http://134744072/',
    'https://[2606:4700::1111]/',
    'https://api.deepseek.com',
  ])('but %s', (url) => {
    expect(() => outbound.check(url)).not.toThrow();
  });

  it('not a name that was public when it was looked at and is private when it is called', async () => {
    names.set('rebinding.test', ['93.184.216.34'], ['127.0.0.1']);
    const { signal } = new AbortController();
    for await (const { stage, state, facts } of outbound.probe(`http://rebinding.test:${port}`, { signal })) {
      if (stage !== 'dns' || state !== 'passed') continue;
      expect(facts?.addresses).toEqual(['93.184.216.34']);
      break;
    }
    expect(await failureOf(`http://rebinding.test:${port}/`)).toBeInstanceOf(OutboundRefused);
    expect(connections).toBe(0);
  });

  it('not the private half of a name that has both', async () => {
    names.set('both.test', ['127.0.0.1', '93.184.216.34']);
    const { signal } = new AbortController();
    for await (const { stage, state, facts } of outbound.probe(`http://both.test:${port}`, { signal })) {
      if (stage !== 'dns' || state !== 'passed') continue;
      expect(facts?.addresses).toEqual(['93.184.216.34']);
      break;
    }
    expect(connections).toBe(0);
  });

  it('not over a connection that is kept for an allowed name, and not by another name of the same place', async () => {
    outbound.allow('gpu.test', port);
    names.set('gpu.test', ['127.0.0.1']);
    names.set('alias.test', ['127.0.0.1']);
    const ask = async (host: string): Promise<string> => {
      const { body } = await outbound.request(`http://${host}:${port}/`);
      let text = '';
      for await (const bytes of body) text += bytes.toString();
      return text;
    };
    expect([await ask('gpu.test'), await ask('GPU.test')]).toEqual(['inside', 'inside']);
    const kept = connections;
    names.set('gpu.test.', ['127.0.0.1']);
    for (const host of ['127.0.0.1', 'localhost', 'alias.test', 'gpu.test.']) {
      expect(await failureOf(`http://${host}:${port}/`)).toBeInstanceOf(OutboundRefused);
    }
    expect([connections, requests]).toEqual([kept, 2]);
  });

  const connectionTo = (host: string, at = port, within = new AbortController().signal): Promise<Socket | Error> =>
    outbound.connect({ host, port: at }, { signal: within, connectMs: 3000 }).catch((error: unknown) => error as Error);

  it.each([...REFUSED_HOSTS, ...Object.keys(REFUSED_NAMES)])('not by a bare connection to %s', async (written) => {
    const host = written.replace(/^\[|\]$/g, '');
    const kind = /[^\p{L}\p{N}._:-]/u.test(host) ? AddressInvalid : OutboundRefused;
    expect([await connectionTo(host), await connectionTo(host, 1)]).toEqual([expect.any(kind), expect.any(kind)]);
    expect(connections).toBe(0);
  });

  it.each(['', 'a b', 'example.org/x', 'user@example.org', 'example.org?', '/var/run/docker.sock', '1.2.3.4.5'])(
    'not by a bare connection to %j, which is no host',
    async (host) => {
      expect(await connectionTo(host)).toBeInstanceOf(AddressInvalid);
    },
  );

  it('but by a bare connection to what is allowed, and not to what was private when it was called', async () => {
    outbound.allow('db.test', port);
    names.set('db.test', ['127.0.0.1']);
    const socket = (await connectionTo('db.test')) as Socket;
    expect(socket.remotePort).toBe(port);
    socket.destroy();
    names.set('rebinding.test', ['127.0.0.1']);
    expect(await connectionTo('rebinding.test')).toBeInstanceOf(OutboundRefused);
    expect(await connectionTo('localhost', 11_434)).toBeInstanceOf(Unreachable);
    const stopped = new Error('stopped');
    expect(await connectionTo('db.test', port, AbortSignal.abort(stopped))).toBe(stopped);
  });

  it('not the place a redirect leads to, whatever its status', async () => {
    outbound.allow('127.0.0.1', port);
    const led = createServer((request, response) => {
      const status = Number(request.url?.slice(1));
      response.writeHead(status, { location: `http://u:p@127.0.0.1:${port}/secret?token=1` }).end();
    });
    await new Promise<void>((resolve) => led.listen(0, '127.0.0.1', resolve));
    const { port: leading } = led.address() as AddressInfo;
    outbound.allow('127.0.0.1', leading);
    for (const status of [301, 302, 303, 307, 308]) {
      const answer = await outbound.request(`http://127.0.0.1:${leading}/${status}`, { method: 'POST', body: 'x' });
      answer.body.destroy();
      expect([answer.status, answer.redirect]).toEqual([status, `http://127.0.0.1:${port}/secret`]);
    }
    led.closeAllConnections();
    led.close();
    expect(requests).toBe(0);
  });
});
