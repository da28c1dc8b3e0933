import { connect, type Socket } from 'node:net';

/** A connection to a server, by which a test says what no HTTP client would. */
export class RawHttp {
  /** Everything the server has said so far. */
  said = '';
  isClosed = false;

  private constructor(readonly socket: Socket) {
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => (this.said += text));
    // A server that cuts the line resets it; that it is closed is all a test wants to know.
    socket.on('error', () => undefined);
    socket.on('close', () => (this.isClosed = true));
  }

  static async to(url: string): Promise<RawHttp> {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    return new RawHttp(socket);
  }

  /** Sends one text and answers all that comes until the server closes the line. */
  static async say(url: string, text: string): Promise<string> {
    const line = await RawHttp.to(url);
    line.socket.write(text, 'latin1');
    return line.toEnd();
  }

  /** Writes without end, as fast as the server takes it, until the line is closed. */
  async flood(piece: Buffer): Promise<void> {
    while (!this.isClosed) {
      if (!this.socket.write(piece)) await this.roomOrEnd();
      else await new Promise(setImmediate);
    }
  }

  async toEnd(): Promise<string> {
    if (!this.isClosed) await new Promise((resolve) => this.socket.once('close', resolve));
    return this.said;
  }

  private roomOrEnd(): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        this.socket.off('drain', done);
        this.socket.off('close', done);
        resolve();
      };
      this.socket.once('drain', done);
      this.socket.once('close', done);
    });
  }
}

/** The status lines of what a server said. */
export function statusesIn(said: string): number[] {
  return [...said.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
}
