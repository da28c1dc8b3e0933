/** Takes a piece of the body as it arrives; a view into the socket's buffer, so copy what is kept. */
export type BodyReader = (piece: Buffer) => void;

const HEAD_END = '\r\n\r\n';
const LINE_END = 0x0a;

/**
 * Reads one HTTP/1.1 answer with a content length or in chunks. It trusts what it reads, as only a client of one's own servers may:
 * a load generator that costs as much as what it measures would measure itself.
 */
export class HttpAnswer {
  status = 0;
  isComplete = false;
  private head = '';
  private isInBody = false;
  private isChunked = false;
  /** Bytes of the body, or of the current chunk, still to come. */
  private left = 0;
  private line = '';
  private state: 'size' | 'data' | 'data-end' | 'trailer' = 'size';
  private readonly read: BodyReader;

  constructor(read: BodyReader) {
    this.read = read;
  }

  push(data: Buffer): void {
    const body = this.isInBody ? data : this.pushHead(data);
    if (body === undefined) return;
    if (this.isChunked) this.pushChunks(body);
    else this.pushPlain(body);
  }

  /** @returns what of the data belongs to the body; undefined while the head is not over. */
  private pushHead(data: Buffer): Buffer | undefined {
    const before = this.head.length;
    this.head += data.toString('latin1');
    const end = this.head.indexOf(HEAD_END);
    if (end < 0) return undefined;
    this.isInBody = true;
    this.status = Number(this.head.slice(9, 12));
    this.isChunked = /^transfer-encoding: *chunked/im.test(this.head);
    this.left = Number(/^content-length: *(\d+)/im.exec(this.head.slice(0, end))?.[1] ?? 0);
    return data.subarray(end + HEAD_END.length - before);
  }

  private pushPlain(body: Buffer): void {
    if (body.length > 0) this.read(body);
    this.left -= body.length;
    this.isComplete = this.left <= 0;
  }

  private pushChunks(data: Buffer): void {
    let at = 0;
    while (at < data.length && !this.isComplete)
      at = this.state === 'data' ? this.pushData(data, at) : this.pushLine(data, at);
  }

  private pushData(data: Buffer, at: number): number {
    const end = Math.min(at + this.left, data.length);
    this.read(data.subarray(at, end));
    this.left -= end - at;
    if (this.left === 0) this.state = 'data-end';
    return end;
  }

  /** The lines between the chunks, each of which may come in two pieces. */
  private pushLine(data: Buffer, at: number): number {
    const end = data.indexOf(LINE_END, at);
    if (end < 0) {
      this.line += data.toString('latin1', at);
      return data.length;
    }
    const line = this.line + data.toString('latin1', at, end);
    this.line = '';
    this.lineOver(line);
    return end + 1;
  }

  private lineOver(line: string): void {
    if (this.state === 'data-end') this.state = 'size';
    else if (this.state === 'trailer') this.isComplete = line.trim() === '';
    else {
      this.left = Number.parseInt(line, 16);
      this.state = this.left === 0 ? 'trailer' : 'data';
    }
  }
}
