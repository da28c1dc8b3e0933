/** How a wire writes its answers. */
export interface AnswerShape {
  /** What stands before the JSON string of a piece of the answer in a stream. */
  readonly pieceMarker: string;
  /** What a stream ends with, somewhere in its last frames. */
  readonly endMarker: string;
  /** @returns the text of a whole answer. */
  wholeText(body: unknown): unknown;
}

/**
 * @returns the text that a stream's pieces say together; null when it has no end.
 * The strings are cut out and decoded at once: parsing every frame would cost the client more than the server.
 */
export function streamedText(stream: string, shape: AnswerShape): string | null {
  const literal = stream.includes(shape.endMarker) ? literalOf(stream, shape) : null;
  return literal === null ? null : (JSON.parse(`"${literal}"`) as string);
}

/** @returns the JSON strings of a stream's pieces as one, without quotes; null when the last one is cut off. */
export function literalOf(stream: string, { pieceMarker }: Pick<AnswerShape, 'pieceMarker'>): string | null {
  let literal = '';
  for (let at = stream.indexOf(pieceMarker); at >= 0; at = stream.indexOf(pieceMarker, at)) {
    const start = at + pieceMarker.length;
    at = endOfString(stream, start);
    if (at < 0) return null;
    literal += stream.slice(start, at);
  }
  return literal;
}

/** @returns where the JSON string that began there ends; -1 when it does not. */
function endOfString(text: string, from: number): number {
  let quote = text.indexOf('"', from);
  while (quote >= 0 && isEscaped(text, quote)) quote = text.indexOf('"', quote + 1);
  return quote;
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text[at - 1 - backslashes] === '\\') backslashes += 1;
  return backslashes % 2 === 1;
}
