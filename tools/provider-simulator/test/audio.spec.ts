import { createHash } from 'node:crypto';
import { startSimulator, type Simulator } from '../simulator.ts';
import { ask, post } from './client.ts';

const HEAR = '/openai/v1/audio/transcriptions';
const SPEAK = '/openai/v1/audio/speech';
let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.close());

function recording(changes: Record<string, string> = {}, name = 'audio.mp3', bytes = '磁盘满了'): FormData {
  const form = new FormData();
  for (const [field, value] of Object.entries({ model: 'sim-hear', ...changes })) form.append(field, value);
  form.append('file', new Blob([bytes], { type: 'audio/mp3' }), name);
  return form;
}

async function hear(body: FormData | string): Promise<{ status: number; text: string }> {
  const response = await fetch(simulator.url + HEAR, {
    ...{ method: 'POST', headers: { authorization: 'Bearer sim-key' }, body },
  });
  return { status: response.status, text: await response.text() };
}

describe('transcriptions', () => {
  it('say what the bytes say, and the log tells of the file', async () => {
    expect(await hear(recording())).toEqual({ status: 200, text: '{"text":"磁盘满了"}' });
    const sha256 = createHash('sha256').update('磁盘满了').digest('hex');
    expect(simulator.requests.last()).toMatchObject({
      model: 'sim-hear',
      body: { model: 'sim-hear', file: { filename: 'audio.mp3', type: 'audio/mp3', size: 12, sha256 } },
    });
  });

  it('refuse what the original refuses', async () => {
    const withoutFile = new FormData();
    withoutFile.append('model', 'sim-hear');
    const refused: [FormData | string, string][] = [
      ['{}', 'unsupported_content_type'],
      [withoutFile, 'missing_required_parameter'],
      [recording({ frobnicate: '1' }), 'unknown_parameter'],
      [recording({ response_format: 'poem' }), 'invalid_value'],
      [recording({}, 'audio.amr'), 'Invalid file format'],
      [recording({}, 'audio.mp3', ''), 'Invalid file format'],
    ];
    for (const [body, words] of refused)
      expect(await hear(body)).toEqual({ status: 400, text: expect.stringContaining(words) });
    expect((await hear(recording({ model: 'sim-hear-401' }))).status).toBe(401);
    expect((await hear(recording({ model: 'sim-text' }))).status).toBe(404);
    expect((await hear(recording({ model: 'whisper-1' }))).status).toBe(404);
  });
});

describe('speech', () => {
  const script = { model: 'sim-speak-3', input: 'Hello', voice: 'alloy' };

  it('comes in frames of MP3', async () => {
    const response = await post(simulator, SPEAK, script);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'audio/mpeg']);
    const bytes = Buffer.from(await response.arrayBuffer());
    expect([bytes.length, bytes.readUInt16BE(0)]).toEqual([3 * 417, 0xfffb]);
  });

  it.each([
    ['no voice', { voice: undefined }, 'missing_required_parameter'],
    ['no text', { input: '' }, 'string_below_min_length'],
    ['a long text', { input: 'x'.repeat(4097) }, 'string_above_max_length'],
    ['an unknown format', { response_format: 'midi' }, 'invalid_value'],
    ['an unknown parameter', { frobnicate: 1 }, 'unknown_parameter'],
  ])('refuses %s', async (_, changes, words) => {
    const answer = await ask(simulator, SPEAK, { ...script, ...changes });
    expect([answer.status, answer.text]).toEqual([400, expect.stringContaining(words)]);
  });

  it('fails like the models that chat, and in ways of its own', async () => {
    expect((await ask(simulator, SPEAK, { ...script, model: 'sim-speak-500' })).status).toBe(500);
    expect((await ask(simulator, SPEAK, { ...script, model: 'sim-text' })).status).toBe(404);
    expect((await ask(simulator, SPEAK, { ...script, model: 'sim-speak-empty' })).text).toBe('');
    await expect(ask(simulator, SPEAK, { ...script, model: 'sim-speak-reset' })).rejects.toThrow();
  });
});
