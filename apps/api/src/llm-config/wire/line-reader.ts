import { StringDecoder } from 'node:string_decoder';

/** A line may not be longer; nothing a provider says in one piece comes near it. */
const MAX_LINE = 8 * 1024 * 1024;

/** A line grew beyond every sensible length. */
export class LineTooLong extends Error {}

/** Cuts a byte stream into lines, wherever the reads happen to be split: inside a line, a CRLF or a UTF-8 character. */
export class LineReader {
  private readonly decoder = new StringDecoder('utf8');
  private rest = '';
  private isFresh = true;

  /** The lines completed by these bytes, without their ends. */
  push(bytes: Buffer): string[] {
    const added = this.decode(bytes);
    const lines: string[] = [];
    if (!added.includes('\n')) return this.keep(this.rest + added, lines);
    const text = this.rest + added;
    let start = 0;
    for (let end = text.indexOf('\n', start); end !== -1; end = text.indexOf('\n', start)) {
      lines.push(text.slice(start, text.charCodeAt(end - 1) === 13 ? end - 1 : end));
      start = end + 1;
    }
    return this.keep(text.slice(start), lines);
  }

  /** What came after the last line end. */
  end(): string {
    return this.rest + this.decoder.end();
  }

  private keep(rest: string, lines: string[]): string[] {
    if (rest.length > MAX_LINE) throw new LineTooLong();
    this.rest = rest;
    return lines;
  }

  private decode(bytes: Buffer): string {
    const text = this.decoder.write(bytes);
    if (!this.isFresh || text === '') return text;
    this.isFresh = false;
    return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  }
}
