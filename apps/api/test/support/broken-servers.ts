import { randomBytes } from 'node:crypto';
import { createServer, type Server, type Socket } from 'node:net';
import { jest } from '@jest/globals';
import { withDatabase } from '../../src/agent/sources/databases/open-database.js';
import { DatabaseTools, type Login } from './database-tools.js';
import { TamperingProxy } from './tampering-proxy.js';

/** A database, and a statement that it answers at length. */
export interface Broken {
  readonly login: Login;
  readonly longStatement: string;
  /** Takes longer than anybody waits. */
  readonly sleepStatement: string;
  /** Answers one row of 300 MB. */
  readonly hugeStatement: string;
}

const LIMITS = { rows: 1_000, bytes: 1_000_000, characters: 100 };

/** Tests what becomes of a connection to a server, or a network, that does not do what it should. */
export function describeBrokenServers(of: () => Broken): void {
  const servers: { stop(): unknown }[] = [];

  afterEach(async () => {
    for (const server of servers.splice(0)) await server.stop();
  });

  const proxied = async (): Promise<{ proxy: TamperingProxy; tools: DatabaseTools }> => {
    const proxy = await TamperingProxy.before(of().login.port);
    servers.push(proxy);
    return { proxy, tools: new DatabaseTools({ broken: { ...of().login, port: proxy.port } }) };
  };

  const answerOf = async (greet: (socket: Socket) => void): Promise<string> => {
    const { port, stop } = await listening(greet);
    servers.push({ stop });
    const { status, message } = await new DatabaseTools({ broken: { ...of().login, port } }).query(
      'broken',
      'select 1',
    );
    return `${status}: ${message ?? ''}`;
  };

  it('gives up on one that says nothing, hangs up at once, or speaks something else', async () => {
    const answers = await Promise.all([
      answerOf(() => undefined),
      answerOf((socket) => socket.destroy()),
      answerOf((socket) => socket.write('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n')),
      answerOf((socket) => socket.write(randomBytes(4_096))),
    ]);
    for (const answer of answers) expect(answer).toMatch(/^error: broken (could not be asked|failed): .*\.$/);
  }, 20_000);

  it('ends what the server does not end, by a clock of its own', async () => {
    const { proxy, tools } = await proxied();
    const start = performance.now();
    const read = withDatabase(
      tools.outbound,
      tools.source('broken'),
      { statementMs: 200 },
      AbortSignal.timeout(20_000),
      (session) => {
        proxy.tamper = () => 'stall';
        return session.read(of().longStatement, LIMITS);
      },
    );
    await expect(read).rejects.toMatchObject({ code: '57014' });
    expect(performance.now() - start).toBeLessThan(3_000);
  });

  describe.each(['off', 'skip_verify'] as const)('with tls %s', (tls) => {
    const read = (statement: string, statementMs: number): Promise<unknown> => {
      const tools = new DatabaseTools({ db: { ...of().login, tls } });
      return withDatabase(tools.outbound, tools.source('db'), { statementMs }, AbortSignal.timeout(20_000), (session) =>
        session.read(statement, LIMITS),
      );
    };

    it('lets the server end what takes too long', async () => {
      const start = performance.now();
      await expect(read(of().sleepStatement, 300)).rejects.toMatchObject({ code: '57014' });
      expect(performance.now() - start).toBeLessThan(1_200);
    });

    it('takes in no row that is too large', async () => {
      const before = process.memoryUsage().rss;
      await expect(read(of().hugeStatement, 20_000)).rejects.toThrow('larger than 24 MB');
      expect(process.memoryUsage().rss - before).toBeLessThan(250 * 1024 * 1024);
    });
  });

  it('leaves one that no longer answers within half a second of the cancel', async () => {
    const { proxy, tools } = await proxied();
    const stop = new AbortController();
    const stalled = Promise.withResolvers<unknown>();
    proxy.tamper = (chunk, before) => {
      if (before < 300) return chunk;
      stalled.resolve(undefined);
      return 'stall';
    };
    const asked = tools.query('broken', of().longStatement, {}, stop.signal);
    asked.catch(() => undefined);
    await stalled.promise;
    const start = performance.now();
    stop.abort(new Error('stopped'));
    await expect(asked).rejects.toThrow('stopped');
    expect(performance.now() - start).toBeLessThan(500);
  });

  it('says so when the connection breaks off within a row', async () => {
    const { proxy, tools } = await proxied();
    let sent = 0;
    proxy.tamper = (chunk) => ((sent += chunk.length) > 60_000 ? 'cut' : chunk);
    const { status, message } = await tools.query('broken', of().longStatement, { max_rows: 1_000 });
    expect([status, message]).toEqual(['error', 'broken failed: it hung up.']);
  });

  it('survives answers with wrong bytes in them', async () => {
    // The driver of MySQL tells the console of every wrong byte.
    const console = jest.spyOn(globalThis.console, 'error').mockImplementation(() => undefined);
    const { proxy, tools } = await proxied();
    const outcomes = new Set<string>();
    for (let seed = 1; seed <= 20; seed++) {
      const random = numbersFrom(seed);
      const from = 200 + Math.floor(random() * 800);
      proxy.tamper = (chunk, before) =>
        Buffer.from(chunk.map((byte, at) => (before + at < from || random() > 0.02 ? byte : random() * 256)));
      const within = AbortSignal.timeout(150);
      outcomes.add(
        await tools.query('broken', 'select 1, 2', {}, within).then(
          ({ status }) => status,
          () => 'ended',
        ),
      );
    }
    console.mockRestore();
    expect(outcomes).toContain('error');
  }, 30_000);
}

async function listening(greet: (socket: Socket) => void): Promise<{ port: number; stop: () => void }> {
  const sockets: Socket[] = [];
  const server: Server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    greet(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const stop = (): void => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  return { port: typeof address === 'object' && address !== null ? address.port : 0, stop };
}

/** The same numbers below 1 each time. */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
