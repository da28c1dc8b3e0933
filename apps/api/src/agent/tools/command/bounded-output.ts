import { StringDecoder } from 'node:string_decoder';

const MOST_AT_START = 1024 * 1024;
const MOST_AT_END = 1024 * 1024;

/** Keeps the beginning and the end of an output, however long it is. */
export class BoundedOutput {
  private readonly start: Buffer[] = [];
  private startBytes = 0;
  private end: Buffer[] = [];
  private endBytes = 0;
  private leftOut = 0;

  add(bytes: Buffer): void {
    const room = MOST_AT_START - this.startBytes;
    if (room > 0) this.start.push(bytes.subarray(0, room));
    this.startBytes += Math.min(room, bytes.length);
    if (bytes.length <= room) return;
    const rest = room > 0 ? bytes.subarray(room) : bytes;
    this.end.push(rest);
    this.endBytes += rest.length;
    if (this.endBytes > 2 * MOST_AT_END) this.shorten();
  }

  text(): string {
    this.shorten();
    const [start, end] = [Buffer.concat(this.start).toString('utf8'), Buffer.concat(this.end).toString('utf8')];
    return this.leftOut === 0 ? start + end : `${start}\n(${this.leftOut} bytes were left out here.)\n${end}`;
  }

  private shorten(): void {
    if (this.endBytes <= MOST_AT_END) return;
    const all = Buffer.concat(this.end);
    this.leftOut += all.length - MOST_AT_END;
    this.end = [all.subarray(-MOST_AT_END)];
    this.endBytes = MOST_AT_END;
  }
}

const MOST_SHOWN = 64 * 1024;

/** Shows the beginning of an output to whoever watches. */
export class ShownOutput {
  private readonly decoder = new StringDecoder('utf8');
  private left = MOST_SHOWN;

  constructor(private readonly show: (text: string) => void) {}

  add(bytes: Buffer): void {
    if (this.left <= 0) return;
    const text = this.decoder.write(bytes.subarray(0, this.left));
    this.left -= bytes.length;
    this.show(this.left > 0 ? text : `${text}\n…\n`);
  }
}
