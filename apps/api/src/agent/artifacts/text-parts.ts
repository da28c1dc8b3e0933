import { SecretStream } from '../safety/secret-stream.js';
import type { ArtifactPart } from './artifact-store.js';

/** Characters of a part; a longer line is a part of its own. */
const PART = 256 * 1024;

/** A text in parts of whole lines, each without secrets. Reading one leaves time for others. */
export function* partsOf(text: string): Generator<ArtifactPart> {
  const secrets = new SecretStream();
  let firstLine = 1;
  for (let start = 0; start < text.length;) {
    const end = lineEndAfter(text, start + PART);
    const isLast = end >= text.length;
    const piece = text.slice(start, end);
    // What is held back at the end of a part comes with the next one; only a private key is held longer.
    const shown = secrets.add(piece) + (isLast ? secrets.end() : '');
    start = end;
    if (shown === '') continue;
    const body = shown.endsWith('\n') ? shown.slice(0, -1) : shown;
    const lines = countLines(body);
    yield { firstLine, lines, text: body };
    firstLine += lines;
  }
}

/** Lines of a text that ends without a line end. */
export function countLines(text: string): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}

function lineEndAfter(text: string, from: number): number {
  if (from >= text.length) return text.length;
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end + 1;
}
