import { parsed, UnreadableFrame, type FrameReader } from './frames.js';
import { LineReader } from './line-reader.js';

/**
 * Reads server-sent events whose data is JSON (WHATWG HTML §9.2), and what providers make of them:
 * frames without a blank line in between, `data:` without a space, comments, CRLF, a missing last line end.
 */
export class SseFrames implements FrameReader {
  isDone = false;
  private readonly lines = new LineReader();
  private event = '';
  /** Data lines that are no JSON yet: a value may be spread over several. */
  private open: string | undefined;

  push(bytes: Buffer): unknown[] {
    const frames: unknown[] = [];
    for (const line of this.lines.push(bytes)) this.take(line, frames);
    return frames;
  }

  end(): unknown[] {
    const frames: unknown[] = [];
    const rest = this.lines.end();
    if (rest !== '') this.take(rest, frames);
    return frames;
  }

  private take(line: string, frames: unknown[]): void {
    if (line.startsWith('data:')) return this.takeData(line.slice(line.charCodeAt(5) === 32 ? 6 : 5), frames);
    if (line === '') return this.closeEvent();
    if (line.startsWith('event:')) this.event = line.slice(6).trim();
  }

  private takeData(data: string, frames: unknown[]): void {
    if (data === '[DONE]') {
      this.isDone = true;
      return;
    }
    const text = this.open === undefined ? data : `${this.open}\n${data}`;
    const value = parsed(text);
    this.open = value === undefined && text.trim() !== '' ? text : undefined;
    if (value !== undefined) frames.push(this.event === 'error' ? asError(value) : value);
  }

  private closeEvent(): void {
    this.event = '';
    if (this.open !== undefined) throw new UnreadableFrame(this.open);
  }
}

function asError(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'error' in value ? value : { error: value };
}
