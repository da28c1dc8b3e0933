/** A frame of an event stream as it came. */
export interface Frame {
  readonly id: number | undefined;
  readonly data: Record<string, unknown>;
}

/** A whole stream as it came. */
export interface Stream {
  readonly frames: readonly Frame[];
  readonly heartbeats: number;
  /** From the first frame to the last: nothing, when something in between holds the stream back. */
  readonly spreadMs: number;
}

/** Reads a stream of server-sent events to its end. @throws Error when it is none */
export async function readStream(response: Response): Promise<Stream> {
  const type = response.headers.get('content-type') ?? 'nothing';
  if (!type.startsWith('text/event-stream') || !response.body)
    throw new Error(`the stream is ${type}, not text/event-stream`);
  const blocks: { text: string; at: number }[] = [];
  let rest = '';
  for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
    const parts = (rest + text).split('\n\n');
    rest = parts.pop() ?? '';
    for (const part of parts) blocks.push({ text: part, at: performance.now() });
  }
  if (rest.trim() !== '') throw new Error('the stream ended inside an event');
  const told = blocks.filter(({ text }) => text.includes('data:'));
  return {
    frames: told.map(({ text }) => frameOf(text)),
    heartbeats: blocks.length - told.length,
    spreadMs: (told.at(-1)?.at ?? 0) - (told[0]?.at ?? 0),
  };
}

function frameOf(block: string): Frame {
  const value = (field: string): string | undefined =>
    block
      .split('\n')
      .find((line) => line.startsWith(`${field}:`))
      ?.slice(field.length + 1)
      .trim();
  const id = value('id');
  return { id: id === undefined ? undefined : Number(id), data: JSON.parse(value('data') ?? 'null') as Frame['data'] };
}
