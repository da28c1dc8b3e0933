import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { Exchange } from './exchange.ts';
import { RequestLog } from './request-log.ts';
import type { Memory } from './route.ts';
import { Router } from './router.ts';
import { now, Ticker } from './ticker.ts';

export type { LogRecord, RequestLog } from './request-log.ts';
export { expectedReasoning, expectedText } from './scenarios/catalogue.ts';
export { digestOf } from './tool-calls.ts';
export { embeddingOf } from './embeddings.ts';

/** The key calls must carry unless another one is set. */
export const DEFAULT_KEY = 'sim-key';

export interface SimulatorOptions {
  /** 0 takes any free port. */
  port?: number;
  host?: string;
  /** The key calls must carry, except on the Ollama and vLLM addresses. */
  key?: string;
  /** Keep a log of requests; benchmarks switch it off. */
  log?: boolean;
}

/** A running simulator. */
export interface Simulator {
  /** Without a path: `http://127.0.0.1:8901`. */
  readonly url: string;
  readonly port: number;
  readonly requests: RequestLog;
  /** Ends every connection and stops listening. */
  close(): Promise<void>;
}

const KEEP_ALIVE_MS = 75_000;

/** Starts a stand-in for the model providers. @throws Error when the port is taken. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { port = 0, host = '127.0.0.1', key = DEFAULT_KEY, log = true } = options;
  const requests = new RequestLog(log);
  const server = serverFor(requests, memoryWith(key));
  await listening(server, port, host);
  const address = server.address() as AddressInfo;
  const name = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return { url: `http://${name}:${address.port}`, port: address.port, requests, close: () => closed(server) };
}

function serverFor(requests: RequestLog, memory: Memory): Server {
  const router = new Router(requests);
  const ticker = new Ticker();
  const socketIds = new WeakMap<Socket, number>();
  let socketCount = 0;
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS, requestTimeout: 0 }, (request, response) => {
    const exchange = new Exchange(request, response, socketIds.get(request.socket) ?? 0, requests, ticker);
    void answer(exchange, router, memory);
  });
  server.on('connection', (socket) => {
    socketCount += 1;
    const id = socketCount;
    socketIds.set(socket, id);
    socket.on('close', () => requests.socketClosed(id, now()));
  });
  return server;
}

async function answer(exchange: Exchange, router: Router, memory: Memory): Promise<void> {
  try {
    const isWhole = await exchange.readBody();
    if (isWhole) await router.route(exchange, memory);
    else exchange.sendJson(413, { error: { message: 'The request body is too large or never came whole.' } });
  } catch (error) {
    // A fault of the simulator itself must fail the caller's test loudly, not end the process under other tests.
    console.error(error);
    exchange.fail();
  }
}

function memoryWith(key: string): Memory {
  const seen = new Set<string>();
  return {
    key,
    isFirst(model) {
      const isFirst = !seen.has(model);
      seen.add(model);
      return isFirst;
    },
  };
}

function listening(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve());
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
