import { parsed, UnreadableFrame, type FrameReader } from './frames.js';
import { LineReader } from './line-reader.js';

/** Reads one JSON value per line. */
export class NdjsonFrames implements FrameReader {
  readonly isDone = false;
  private readonly lines = new LineReader();

  push(bytes: Buffer, values: unknown[]): void {
    for (const line of this.lines.push(bytes)) if (line.trim() !== '') values.push(valueOf(line));
  }

  end(values: unknown[]): void {
    const value = parsed(this.lines.end());
    if (value !== undefined) values.push(value);
  }
}

function valueOf(line: string): unknown {
  const value = parsed(line);
  if (value === undefined) throw new UnreadableFrame(line);
  return value;
}
