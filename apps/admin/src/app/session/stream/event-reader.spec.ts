import type { ChatEvent } from '@opsagent/contracts';
import { ConnectionSilent, readChatEvents } from './event-reader.js';
import { bodyOf, framesOf, shortAnswer } from './test-events.js';

async function read(response: Response, silenceMs = 1_000, signal = new AbortController().signal) {
  const seen: ChatEvent[] = [];
  await readChatEvents(response.body!, { onEvents: (events) => seen.push(...events), silenceMs, signal });
  return seen;
}

describe('readChatEvents', () => {
  it('reads the same events wherever the bytes are cut', async () => {
    const bytes = framesOf(shortAnswer());
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      expect(await read(bodyOf([bytes.slice(0, cut), bytes.slice(cut)]))).toEqual(shortAnswer());
    }
  });

  it('reads them byte by byte', async () => {
    const bytes = framesOf(shortAnswer());
    expect(await read(bodyOf([...bytes].map((byte) => Uint8Array.of(byte))))).toEqual(shortAnswer());
  });

  it('leaves out comments and frames that are no event', async () => {
    const noise = new TextEncoder().encode(
      ': keep-alive\n\ndata: hello\n\ndata: {"x":1}\n\nevent: ping\ndata: null\n\n',
    );
    expect(await read(bodyOf([noise, framesOf(shortAnswer())]))).toEqual(shortAnswer());
  });

  it('hands over what arrives together in one piece', async () => {
    const arrivals: number[] = [];
    await readChatEvents(bodyOf([framesOf(shortAnswer())]).body!, {
      onEvents: (events) => arrivals.push(events.length),
      silenceMs: 1_000,
      signal: new AbortController().signal,
    });
    expect(arrivals).toEqual([5]);
  });

  it('counts a connection without a byte as lost', async () => {
    await expect(read(bodyOf([framesOf(shortAnswer())], 'silence'), 20)).rejects.toThrow(ConnectionSilent);
  });

  it('passes on that the body broke', async () => {
    await expect(read(bodyOf([], 'break'))).rejects.toThrow('network error');
  });

  it('ends at once when told to', async () => {
    const abort = new AbortController();
    const reading = read(bodyOf([], 'silence'), 60_000, abort.signal);
    abort.abort(new DOMException('closed', 'AbortError'));
    await expect(reading).rejects.toThrow('closed');
  });
});
