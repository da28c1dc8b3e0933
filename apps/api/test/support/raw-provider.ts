import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** What is written to a connection, piece by piece; a function gets the request's text. A number is a pause in milliseconds. */
export type Script = readonly (string | Buffer | number | ((request: string) => string) | Ending)[];

/** `end` closes politely, `reset` breaks the connection, `hang` leaves it open; without one it is kept for the next request. */
type Ending = typeof END | typeof RESET | typeof HANG;

export const END = Symbol('end');
export const RESET = Symbol('reset');
export const HANG = Symbol('hang');

/** Writes bytes as it is told to, and knows nothing of HTTP: what a provider, a gateway or a broken machine between them may say. */
export class RawProvider {
  /** Every request, head and body as received. */
  readonly requests: string[] = [];
  open = 0;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly attempts: readonly Script[],
  ) {
    server.on('connection', (socket) => this.serve(socket));
  }

  /** @param attempts what is said to the first request, the second, …; the last one is repeated */
  static async start(attempts: readonly Script[]): Promise<RawProvider> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new RawProvider(server, attempts);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  stop(): void {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
  }

  private serve(socket: Socket): void {
    let received = '';
    this.open += 1;
    this.sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.open -= 1;
      this.sockets.delete(socket);
    });
    socket.on('data', (bytes) => {
      received += bytes.toString('utf8');
      if (!isWhole(received)) return;
      const request = received;
      received = '';
      this.requests.push(request);
      const script = this.attempts[Math.min(this.requests.length, this.attempts.length) - 1] ?? [];
      void play(socket, script, request);
    });
  }
}

async function play(socket: Socket, script: Script, request: string): Promise<void> {
  for (const step of script) {
    if (socket.destroyed || step === HANG) return;
    if (step === END) return void socket.end();
    // Sent first, so that what was written before arrives.
    if (step === RESET) return void socket.write('', () => socket.resetAndDestroy());
    if (typeof step === 'number') await new Promise((resolve) => setTimeout(resolve, step));
    else await written(socket, typeof step === 'function' ? step(request) : step);
  }
}

function written(socket: Socket, piece: string | Buffer): Promise<void> {
  return new Promise((resolve) => socket.write(piece, () => resolve()));
}

function isWhole(request: string): boolean {
  const head = request.indexOf('\r\n\r\n');
  if (head < 0) return false;
  const length = Number(/content-length: (\d+)/i.exec(request)?.[1] ?? 0);
  return Buffer.byteLength(request) - head - 4 >= length;
}

/** A whole HTTP answer. */
export function http(status: number, type: string, body: string, headers: Record<string, string> = {}): string {
  const given = {
    ...(type === '' ? {} : { 'content-type': type }),
    'content-length': String(Buffer.byteLength(body)),
    ...headers,
  };
  return head(status, given) + body;
}

/** A whole JSON answer. */
export function json(status: number, body: unknown, headers: Record<string, string> = {}): string {
  return http(status, 'application/json', JSON.stringify(body), headers);
}

/** The head of an answer. */
export function head(status: number, headers: Record<string, string>): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} Said\r\n${lines.join('')}\r\n`;
}

/** One transfer chunk (RFC 9112 §7.1). */
export function chunk(text: string): string {
  return `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
}

export const LAST_CHUNK = '0\r\n\r\n';
export const SSE_HEAD = head(200, {
  'content-type': 'text/event-stream; charset=utf-8',
  'transfer-encoding': 'chunked',
});
export const NDJSON_HEAD = head(200, { 'content-type': 'application/x-ndjson', 'transfer-encoding': 'chunked' });

/** Server-sent events, one transfer chunk each. */
export function events(...frames: unknown[]): string {
  return frames
    .map((frame) => chunk(`data: ${typeof frame === 'string' ? frame : JSON.stringify(frame)}\n\n`))
    .join('');
}

/** Lines of JSON, one transfer chunk each. */
export function lines(...values: unknown[]): string {
  return values.map((value) => chunk(`${typeof value === 'string' ? value : JSON.stringify(value)}\n`)).join('');
}

/** A piece of an answer on the OpenAI wire. */
export function delta(fields: object, finish: string | null = null): unknown {
  return { id: 'c-1', object: 'chat.completion.chunk', choices: [{ index: 0, delta: fields, finish_reason: finish }] };
}

/** A whole good stream. */
export const GOOD =
  SSE_HEAD + events(delta({ role: 'assistant', content: 'fine' }), delta({}, 'stop'), '[DONE]') + LAST_CHUNK;
