import { connect, type Socket } from 'node:net';
import { type BodyReader, HttpAnswer } from './http-answer.ts';

const SILENT_AFTER_MS = 20_000;

/** One kept connection to a server on this machine, with one request at a time. */
export class Connection {
  private readonly socket: Socket;
  private answer: HttpAnswer | undefined;
  private resolve: ((status: number) => void) | undefined;
  private reject: ((error: Error) => void) | undefined;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.setNoDelay(true);
    socket.setTimeout(SILENT_AFTER_MS, () => socket.destroy(new Error(`silent for ${SILENT_AFTER_MS} ms`)));
    socket.on('data', (data) => this.read(data));
    socket.on('error', (error) => this.fail(error));
    socket.on('close', () => this.fail(new Error('the server hung up')));
  }

  /** @throws Error when nobody listens there. */
  static open(port: number): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject);
        resolve(new Connection(socket));
      });
    });
  }

  /** Sends a request as it stands. Resolves with the status once the answer is whole. @throws Error when the connection breaks. */
  send(request: Buffer, onBody: BodyReader): Promise<number> {
    this.answer = new HttpAnswer(onBody);
    return new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
      this.socket.write(request);
    });
  }

  close(): void {
    this.socket.destroy();
  }

  private read(data: Buffer): void {
    const { answer } = this;
    if (!answer) return;
    answer.push(data);
    if (!answer.isComplete) return;
    this.answer = undefined;
    this.reject = undefined;
    this.resolve?.(answer.status);
  }

  private fail(error: Error): void {
    this.answer = undefined;
    this.reject?.(error);
    this.reject = undefined;
  }
}

/** @returns the bytes of a POST with a JSON body. */
export function jsonPost(path: string, key: string, body: unknown): Buffer {
  const json = Buffer.from(JSON.stringify(body));
  const head = [
    `POST ${path} HTTP/1.1`,
    'host: 127.0.0.1',
    `authorization: Bearer ${key}`,
    'content-type: application/json',
    `content-length: ${json.length}`,
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), json]);
}
