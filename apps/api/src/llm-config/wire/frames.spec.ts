import { UnreadableFrame, type FrameReader } from './frames.js';
import { NdjsonFrames } from './ndjson-frames.js';
import { SseFrames } from './sse-frames.js';

/** Feeds the bytes in pieces of that size and gathers what comes out. */
function read(reader: FrameReader, text: string, size: number): unknown[] {
  const bytes = Buffer.from(text);
  const frames: unknown[] = [];
  for (let at = 0; at < bytes.length; at += size) reader.push(bytes.subarray(at, at + size), frames);
  reader.end(frames);
  return frames;
}

const HOSTILE = { text: 'a "quote" \\ \u2028 你好 👩‍💻 \u0000' };
const JSON_TEXT = JSON.stringify(HOSTILE);

describe.each([1, 2, 3, 7, 1000])('server-sent events, read %i bytes at a time', (size) => {
  it.each([
    ['one frame per event', `data: ${JSON_TEXT}\n\ndata: {"n":2}\n\n`],
    ['CRLF', `data: ${JSON_TEXT}\r\n\r\ndata: {"n":2}\r\n\r\n`],
    ['no space behind the colon', `data:${JSON_TEXT}\n\ndata:{"n":2}\n\n`],
    ['no blank line in between', `data: ${JSON_TEXT}\ndata: {"n":2}\n`],
    ['no last line end', `data: ${JSON_TEXT}\n\ndata: {"n":2}`],
    ['comments and other fields', `: keep-alive\n\nid: 7\nretry: 1\ndata: ${JSON_TEXT}\n\n: x\ndata: {"n":2}\n\n`],
    ['a byte order mark', `\ufeffdata: ${JSON_TEXT}\n\ndata: {"n":2}\n\n`],
    ['a value over two data lines', `data: ${JSON_TEXT}\n\ndata: {"n":\ndata: 2}\n\n`],
  ])('understands %s', (_, text) => {
    expect(read(new SseFrames(), text, size)).toEqual([HOSTILE, { n: 2 }]);
  });

  it('knows the end', () => {
    const frames = new SseFrames();
    read(frames, 'data: {"n":1}\n\ndata: [DONE]\n\n', size);
    expect(frames.isDone).toBe(true);
  });

  it('marks what an error event says as an error', () => {
    const text = 'event: error\ndata: {"message":"no"}\n\ndata: {"n":2}\n\n';
    expect(read(new SseFrames(), text, size)).toEqual([{ error: { message: 'no' } }, { n: 2 }]);
  });

  it('gives what comes before a broken frame', () => {
    const frames: unknown[] = [];
    const broken = Buffer.from('data: {"n":1}\n\ndata: {"n":\n\n');
    expect(() => new SseFrames().push(broken, frames)).toThrow(UnreadableFrame);
    expect(frames).toEqual([{ n: 1 }]);
  });

  it('finds an error that is no event', () => {
    const text = 'data: {"n":1}\n\n{\n  "error": "busy"\n}\n';
    expect(read(new SseFrames(), text, size)).toEqual([{ n: 1 }, { error: 'busy' }]);
  });

  it('refuses what is no JSON', () => {
    expect(() => read(new SseFrames(), 'data: <html>\n\n', size)).toThrow(UnreadableFrame);
    expect(() => read(new SseFrames(), 'data: {"n":\ndata: [DONE]\n\n', size)).toThrow(UnreadableFrame);
    expect(() => read(new SseFrames(), '<html>\n', size)).toThrow(UnreadableFrame);
  });
});

describe.each([1, 5, 1000])('lines of JSON, read %i bytes at a time', (size) => {
  it('understands blank lines, CRLF and a missing last line end', () => {
    expect(read(new NdjsonFrames(), `${JSON_TEXT}\r\n\n{"n":2}`, size)).toEqual([HOSTILE, { n: 2 }]);
  });

  it('refuses what is no JSON, but not what was cut off', () => {
    expect(() => read(new NdjsonFrames(), 'oops\n', size)).toThrow(UnreadableFrame);
    expect(read(new NdjsonFrames(), '{"n":1}\n{"n":', size)).toEqual([{ n: 1 }]);
  });
});
