import { connect, createServer, type Server, type Socket } from 'node:net';

/** What becomes of an answer of the server that stands behind it. */
export type Tampering = (chunk: Buffer, bytesBefore: number) => Buffer | 'cut' | 'stall';

/** Stands between a client and a real server, and does to its answers what bad networks and bad servers do. */
export class TamperingProxy {
  /** Set by a test; unset, everything passes. */
  tamper: Tampering | undefined;
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {}

  static async before(port: number): Promise<TamperingProxy> {
    const server = createServer();
    const proxy = new TamperingProxy(server);
    server.on('connection', (client) => proxy.serve(client, connect(port, '127.0.0.1')));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get port(): number {
    const address = this.server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private serve(client: Socket, server: Socket): void {
    let bytes = 0;
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      this.sockets.add(one);
      one.on('error', () => undefined);
      one.on('close', () => other.destroy());
    }
    client.on('data', (chunk) => server.write(chunk));
    server.on('data', (chunk) => {
      const passed = this.tamper?.(chunk, bytes) ?? chunk;
      bytes += chunk.length;
      if (passed === 'cut') client.destroy();
      else if (passed !== 'stall') client.write(passed);
    });
  }
}
