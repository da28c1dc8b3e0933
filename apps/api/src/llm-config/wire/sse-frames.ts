import { parsed, UnreadableFrame, type FrameReader } from './frames.js';
import { LineReader } from './line-reader.js';

/** What is no event is read up to here. */
const MOST_STRAY = 64 * 1024;

/**
 * Reads server-sent events whose data is JSON (WHATWG HTML §9.2), and what providers make of them:
 * frames without a blank line in between, `data:` without a space, comments, CRLF, a missing last line end,
 * and an error that is written as it is, without `data:`.
 */
export class SseFrames implements FrameReader {
  isDone = false;
  private readonly lines = new LineReader();
  private event = '';
  /** Data lines that are no JSON by themselves: a value may be spread over several. */
  private open: string[] = [];
  private stray = '';
  private hasFrames = false;

  push(bytes: Buffer, values: unknown[]): void {
    for (const line of this.lines.push(bytes)) this.take(line, values);
  }

  end(values: unknown[]): void {
    const rest = this.lines.end();
    if (rest !== '') this.take(rest, values);
    const last = this.open.length > 0 ? parsed(this.open.join('\n')) : parsed(this.stray);
    if (last !== undefined) values.push(last);
    else if (!this.hasFrames && this.stray !== '') throw new UnreadableFrame(this.stray);
  }

  private take(line: string, values: unknown[]): void {
    if (line.startsWith('data:')) return this.takeData(line.slice(line.charCodeAt(5) === 32 ? 6 : 5), values);
    if (line === '') return this.closeEvent(values);
    if (line.startsWith('event:')) this.event = line.slice(6).trim();
    else if (!/^(:|id:|retry:)/.test(line) && this.stray.length < MOST_STRAY) this.stray += `${line}\n`;
  }

  private takeData(data: string, values: unknown[]): void {
    if (data.startsWith('[DONE]')) {
      this.closeEvent(values);
      this.isDone = true;
      return;
    }
    const value = this.open.length === 0 ? parsed(data) : undefined;
    if (value !== undefined) this.give(value, values);
    else if (data.trim() !== '') this.open.push(data);
  }

  private closeEvent(values: unknown[]): void {
    if (this.open.length > 0) {
      const text = this.open.join('\n');
      const value = parsed(text);
      if (value === undefined) throw new UnreadableFrame(text);
      this.open = [];
      this.give(value, values);
    }
    this.event = '';
  }

  private give(value: unknown, values: unknown[]): void {
    this.hasFrames = true;
    values.push(this.event === 'error' ? asError(value) : value);
  }
}

function asError(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'error' in value ? value : { error: value };
}
