import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import type { ConnectionFacts } from '../../src/platform/database/open-database.js';
import type { TestDatabase } from './test-database.js';

/** A line to a test database that can be cut and mended: a database that goes away and comes back. */
export class CutLine {
  private readonly sockets = new Set<Socket>();
  private server: Server | undefined;
  private port = 0;

  private constructor(private readonly target: ConnectionFacts) {}

  static async to(database: TestDatabase): Promise<CutLine> {
    const line = new CutLine(database.open.options);
    await line.mend();
    return line;
  }

  /** The same database, reached over this line. */
  over(database: TestDatabase): TestDatabase {
    const options = { ...database.open.options, host: '127.0.0.1', port: this.port };
    return { ...database, open: { ...database.open, options } };
  }

  cut(): void {
    this.server?.close();
    for (const socket of this.sockets) socket.destroy();
  }

  async mend(): Promise<void> {
    this.server = createServer((socket) => this.join(socket));
    await new Promise<void>((resolve) => this.server?.listen(this.port, '127.0.0.1', resolve));
    this.port = (this.server.address() as AddressInfo).port;
  }

  private join(socket: Socket): void {
    const { host = 'localhost', port = 5432 } = this.target;
    const onward = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host);
    for (const [one, other] of [[socket, onward] as const, [onward, socket] as const]) {
      this.sockets.add(one);
      one.pipe(other);
      // Either end may break when the line is cut; the other then goes with it.
      one.on('error', () => other.destroy());
      one.on('close', () => {
        this.sockets.delete(one);
        other.destroy();
      });
    }
  }
}
