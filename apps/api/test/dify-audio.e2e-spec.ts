import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DataFolder } from '../src/platform/database/data-folder.js';
import { APP_KEY, DifyServer, eventsOf, type Reply } from './support/dify-server.js';

type Json = Record<string, unknown>;

const MEGABYTE = 1024 * 1024;
const OFF = { enabled: false, llm_config_id: null, model: '' };

describe('audio on Dify’s wire', () => {
  let dify: DifyServer;
  let config: string;
  let appId: string;

  beforeAll(async () => {
    dify = await DifyServer.start({
      OPSAGENT_FILE_STORAGE: 'disk',
      OPSAGENT_IDLE_MS: '2000',
      OPSAGENT_FIRST_BYTE_MS: '2000',
    });
    config = await dify.config('sim-text');
    const { body } = await dify.api<{ items: { id: string }[] }>('GET', '/api/apps');
    appId = String(body.items[0]?.id);
  });

  afterAll(() => dify.close());

  const setUp = async (settings: Json): Promise<Reply> => dify.api('PATCH', `/api/apps/${appId}`, settings);
  const hears = (model: string): Promise<Reply> =>
    setUp({ speech_to_text: { enabled: true, llm_config_id: config, model } });
  const speaks = (model: string, auto_play = false): Promise<Reply> =>
    setUp({
      text_to_speech: {
        ...{ enabled: true, llm_config_id: config, model, voice: 'alloy' },
        ...{ language: 'zh-Hans', auto_play },
      },
    });
  const sendForm = async (form: FormData | string, headers: Record<string, string> = {}): Promise<Reply> => {
    const response = await fetch(`${dify.app.url}/v1/audio-to-text`, {
      ...{ method: 'POST', headers: { authorization: `Bearer ${APP_KEY}`, ...headers }, body: form },
    });
    return { status: response.status, headers: response.headers, body: (await response.json()) as Json };
  };
  const hear = (content: string | Buffer<ArrayBuffer>, type = 'audio/mp3', name = 'x.mp3'): Promise<Reply> => {
    const form = new FormData();
    form.append('file', new Blob([content], { type }), name);
    form.append('user', 'tester');
    return sendForm(form);
  };
  const speak = (body: Json, signal?: AbortSignal): Promise<Response> =>
    fetch(`${dify.app.url}/v1/text-to-audio`, {
      method: 'POST',
      headers: { authorization: `Bearer ${APP_KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify({ user: 'tester', ...body }),
      ...(signal ? { signal } : {}),
    });
  const refusal = async (response: Promise<Response>): Promise<Json> => (await (await response).json()) as Json;
  const kept = async (): Promise<string[]> =>
    readdir(join(dify.app.app.get(DataFolder, { strict: false }).path, 'files')).catch(() => []);

  describe('without the feature', () => {
    beforeAll(() =>
      setUp({ speech_to_text: OFF, text_to_speech: { ...OFF, voice: '', language: '', auto_play: false } }),
    );

    it('refuses as Dify does, never as something that is not there', async () => {
      expect(await hear('x')).toMatchObject({ status: 400, body: { code: 'speech_to_text_disabled', status: 400 } });
      expect(await sendForm('{}', { 'content-type': 'application/json' })).toMatchObject({ status: 400 });
      for (const body of [{ text: 'x' }, {}, { message_id: randomUUID() }])
        expect(await refusal(speak(body))).toMatchObject({ code: 'invalid_param', status: 400 });
      expect((await sendForm('', { authorization: 'Bearer app-wrong' })).status).toBe(401);
      expect((await dify.call('GET', '/v1/parameters')).body).toMatchObject({
        ...{ speech_to_text: { enabled: false }, text_to_speech: { enabled: false } },
      });
    });
  });

  it('is only promised where it can work', async () => {
    const ollama = await dify.config('sim-text', { provider: 'ollama', base_url: `${dify.simulator.url}/ollama` });
    for (const [speech_to_text, field] of [
      [{ enabled: true, llm_config_id: null, model: 'm' }, 'speech_to_text.llm_config_id'],
      [{ enabled: true, llm_config_id: config, model: ' ' }, 'speech_to_text.model'],
      [{ enabled: true, llm_config_id: ollama, model: 'm' }, 'speech_to_text.llm_config_id'],
    ] as const)
      expect(await setUp({ speech_to_text })).toMatchObject({ status: 400, body: { errors: [{ field }] } });
    const silent = { enabled: true, llm_config_id: config, model: 'm', voice: '', language: '', auto_play: false };
    expect(await setUp({ text_to_speech: silent })).toMatchObject({
      ...{ status: 400, body: { errors: [{ field: 'text_to_speech.voice' }] } },
    });
  });

  describe('speech to text', () => {
    beforeAll(() => hears('sim-hear'));

    it('sends a recording on as it is, and keeps nothing of it', async () => {
      expect((await dify.call('GET', '/v1/parameters')).body).toMatchObject({ speech_to_text: { enabled: true } });
      expect(await hear('磁盘满了')).toMatchObject({ status: 200, body: { text: '磁盘满了' } });
      const bytes = Buffer.from(randomBytes(5 * MEGABYTE));
      expect((await hear(bytes, 'audio/x-wav', '../any name?.bin')).status).toBe(200);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      expect(dify.simulator.requests.last()?.body).toEqual({
        model: 'sim-hear',
        file: { filename: 'audio.wav', type: 'audio/x-wav', size: bytes.length, sha256 },
      });
      expect(await dify.app.query('select 1 from files')).toEqual([]);
      expect(await kept()).toEqual([]);
    });

    it.each(['text/plain', 'audio/ogg', 'application/octet-stream'])('refuses the type %s', async (type) => {
      expect(await hear('x', type)).toMatchObject({
        status: 415,
        body: { code: 'unsupported_audio_type', status: 415 },
      });
    });

    it('refuses what is too large, too many, or nothing', async () => {
      const none = new FormData();
      none.append('user', 'tester');
      const two = new FormData();
      for (const name of ['a', 'b']) two.append('file', new Blob([name], { type: 'audio/mp3' }), name);
      const large = Buffer.from(new Uint8Array(30 * MEGABYTE + 1));
      expect(await hear(large)).toMatchObject({ status: 413, body: { code: 'audio_too_large', status: 413 } });
      expect(await sendForm(none)).toMatchObject({ status: 400, body: { code: 'no_audio_uploaded' } });
      expect(await sendForm('{}', { 'content-type': 'application/json' })).toMatchObject({
        ...{ status: 400, body: { code: 'no_audio_uploaded' } },
      });
      expect(await sendForm(two)).toMatchObject({ status: 400, body: { code: 'too_many_files' } });
      expect(await kept()).toEqual([]);
    });

    it.each([
      ['sim-hear-401', 'provider_not_initialize'],
      ['sim-hear-402', 'provider_quota_exceeded'],
      ['sim-hear-404', 'model_currently_not_support'],
      ['sim-hear-200-error', 'completion_request_error'],
      ['sim-hear-html', 'completion_request_error'],
      ['sim-hear-silent', 'completion_request_error'],
    ])('says what %s says in Dify’s words', async (model, code) => {
      await hears(model);
      const { status, body } = await hear('x');
      expect({ status, body }).toMatchObject({ status: 400, body: { code, status: 400 } });
      expect(JSON.stringify(body)).not.toContain('sim-key');
      expect(await kept()).toEqual([]);
    });

    it('asks again where asking again helps', async () => {
      await hears('sim-hear-503-once-again');
      // The one that answers after the fault chats, and is refused: that it is asked at all is what counts.
      await hear('x');
      expect(dify.simulator.requests.ofModel('sim-hear-503-once-again')).toHaveLength(2);
    });
  });

  describe('text to speech', () => {
    beforeAll(() => speaks('sim-speak'));

    it('speaks a text, or an answer in place of it', async () => {
      expect((await dify.call('GET', '/v1/parameters')).body).toMatchObject({
        text_to_speech: { enabled: true, voice: 'alloy', language: 'zh-Hans', autoPlay: 'disabled' },
      });
      const response = await speak({ text: ' 你好 ', message_id: '', streaming: false });
      expect([response.status, response.headers.get('content-type')]).toEqual([200, 'audio/mpeg']);
      expect((await response.arrayBuffer()).byteLength).toBe(8 * 417);
      const asked = { model: 'sim-speak', response_format: 'mp3' };
      expect(dify.simulator.requests.last()?.body).toEqual({ ...asked, voice: 'alloy', input: '你好' });

      const { body } = await dify.ask('sim-echo', 'What I said');
      const message_id = body['message_id'];
      expect((await speak({ message_id, text: 'not this', voice: 'nova' })).status).toBe(200);
      expect(dify.simulator.requests.last()?.body).toEqual({ ...asked, voice: 'nova', input: 'What I said' });

      expect(await refusal(speak({ message_id, user: 'somebody else' }))).toMatchObject({
        ...{ status: 404, code: 'not_found', message: 'Message Not Exists.' },
      });
      expect(await refusal(speak({ message_id: randomUUID() }))).toMatchObject({ status: 404 });
    });

    it('refuses what it cannot speak', async () => {
      for (const body of [{}, { text: ' ' }, { text: 7 }, { text: 'x', voice: 7 }, { message_id: 'abc' }, { user: {} }])
        expect(await refusal(speak(body))).toMatchObject({ code: 'invalid_param', status: 400 });
      expect((await dify.call('POST', '/v1/text-to-audio')).status).toBe(415);
    });

    it('speaks a long text in parts, one after the other', async () => {
      const text = `${'磁盘满了。'.repeat(1000)}`;
      const response = await speak({ text });
      expect((await response.arrayBuffer()).byteLength).toBe(2 * 8 * 417);
      const inputs = dify.simulator.requests
        .ofModel('sim-speak')
        .slice(-2)
        .map(({ body }) => (body as Json)['input']);
      expect(inputs.join('')).toBe(text);
    });

    it.each([
      ['sim-speak-401', 'provider_not_initialize'],
      ['sim-speak-402', 'provider_quota_exceeded'],
      ['sim-speak-404', 'model_currently_not_support'],
      ['sim-speak-200-error', 'completion_request_error'],
      ['sim-speak-empty', 'completion_request_error'],
    ])('says what %s says in Dify’s words', async (model, code) => {
      await speaks(model);
      const body = await refusal(speak({ text: 'x' }));
      expect(body).toMatchObject({ code, status: 400 });
      expect(JSON.stringify(body)).not.toContain('sim-key');
    });

    it.each(['sim-speak-reset', 'sim-speak-stall'])('breaks off where %s does', async (model) => {
      await speaks(model);
      const response = await speak({ text: 'x' });
      expect(response.status).toBe(200);
      await expect(response.arrayBuffer()).rejects.toThrow();
    });

    it('passes pieces on as they come, and ends the call when its listener goes', async () => {
      await speaks('sim-speak-1000-20');
      const leaving = new AbortController();
      const response = await speak({ text: 'x' }, leaving.signal);
      const reader = response.body?.getReader();
      expect((await reader?.read())?.value?.length).toBeGreaterThan(0);
      leaving.abort();
      const { aborted } = await dify.simulator.requests.waitFor(
        (request) => request.model === 'sim-speak-1000-20' && request.aborted,
        2_000,
      );
      expect(aborted).toBe(true);
    });
  });

  describe('played unasked', () => {
    const kinds = async (): Promise<string[]> =>
      (await dify.stream('sim-echo', 'Hello')).events
        .map(({ event }) => event)
        .filter((event) => !/thought/.test(event));

    it('follows an answer in its stream, piece by piece', async () => {
      await speaks('sim-speak-3-50', true);
      expect((await dify.call('GET', '/v1/parameters')).body).toMatchObject({
        text_to_speech: { autoPlay: 'enabled' },
      });
      const { events } = await dify.stream('sim-echo', 'Hello');
      const end = events.findIndex(({ event }) => event === 'message_end');
      const { conversation_id, message_id, task_id, created_at } = events[end] ?? {};
      const ids = { conversation_id, message_id, task_id, created_at };
      const audio = events.slice(end + 1);
      expect(audio.at(-1)).toEqual({ event: 'tts_message_end', ...ids, audio: '' });
      for (const event of audio.slice(0, -1))
        expect(event).toEqual({ event: 'tts_message', ...ids, audio: expect.stringMatching(/^\/\/uQZ/) as string });
      const bytes = audio.map((event) => Buffer.from(String(event['audio']), 'base64').length);
      expect(bytes.reduce((sum, length) => sum + length)).toBe(3 * 417);
      expect(dify.simulator.requests.ofModel('sim-speak-3-50').at(-1)?.body).toMatchObject({ input: 'Hello' });
    });

    it('takes nothing from an answer when it fails', async () => {
      await speaks('sim-speak-401', true);
      expect(await kinds()).toEqual(['agent_message', 'message_end', 'tts_message_end']);
    });

    it('is not asked for by clients that wait for the whole answer, or where there is none', async () => {
      await speaks('sim-speak-unasked', true);
      await dify.ask('sim-echo', 'Hello');
      expect((await dify.stream('sim-401', 'x')).events.at(-1)?.event).toBe('error');
      expect(dify.simulator.requests.ofModel('sim-speak-unasked')).toEqual([]);
    });

    it('ends when its listener goes', async () => {
      await speaks('sim-speak-900-20', true);
      const leaving = new AbortController();
      for await (const { event } of eventsOf(await dify.open('sim-echo', 'Hello', {}, leaving.signal)))
        if (event === 'tts_message') break;
      leaving.abort();
      await dify.simulator.requests.waitFor(
        (request) => request.model === 'sim-speak-900-20' && request.aborted,
        2_000,
      );
    });
  });

  it('is held to the limits of its app and configuration', async () => {
    await speaks('sim-speak');
    await dify.api('PUT', `/api/limits/llm_config/${config}`, { requests_per_minute: 1 });
    expect((await speak({ text: 'x' })).status).toBe(200);
    expect(await refusal(speak({ text: 'x' }))).toMatchObject({ code: 'too_many_requests', status: 429 });
  });
});
