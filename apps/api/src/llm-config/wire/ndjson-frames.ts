import { parsed, UnreadableFrame, type FrameReader } from './frames.js';
import { LineReader } from './line-reader.js';

/** Reads one JSON value per line. */
export class NdjsonFrames implements FrameReader {
  readonly isDone = false;
  private readonly lines = new LineReader();

  push(bytes: Buffer): unknown[] {
    return this.lines
      .push(bytes)
      .filter((line) => line.trim() !== '')
      .map(valueOf);
  }

  end(): unknown[] {
    const value = parsed(this.lines.end());
    return value === undefined ? [] : [value];
  }
}

function valueOf(line: string): unknown {
  const value = parsed(line);
  if (value === undefined) throw new UnreadableFrame(line);
  return value;
}
