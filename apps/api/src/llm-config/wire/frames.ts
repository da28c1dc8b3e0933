/** A piece of a stream was no JSON. */
export class UnreadableFrame extends Error {
  constructor(readonly text: string) {
    super('a part of the answer is not JSON');
  }
}

/** Turns the bytes of an answer into the JSON values it carries. */
export interface FrameReader {
  /** The provider said that nothing follows. */
  readonly isDone: boolean;

  /** Appends the values completed by these bytes; those before a broken one stay. @throws UnreadableFrame, LineTooLong */
  push(bytes: Buffer, values: unknown[]): void;

  /** Appends what was still open when the stream ended, if it is whole. @throws UnreadableFrame */
  end(values: unknown[]): void;
}

/** Parses JSON; `undefined` when it is none. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
