import { gzipSync } from 'node:zlib';
import type { AppDto } from '@opsagent/contracts';
import { bytesInUse } from './support/bytes-in-use.js';
import { Cast } from './support/cast.js';
import { answerIn, APP_KEY, DifyServer, type Reply } from './support/dify-server.js';
import { eventually } from './support/eventually.js';
import { RawHttp, statusesIn } from './support/raw-http.js';
import { rawRequest, type RawAnswer } from './support/raw-request.js';

type Json = Record<string, unknown>;

const MB = 1024 * 1024;
const KEYED = `Authorization: Bearer ${APP_KEY}`;
const WRONG_KEY = 'Authorization: Bearer app-wrongwrongwrongwrongwro';
const JSON_TYPE = 'Content-Type: application/json';
const STOP = 'POST /v1/chat-messages/x/stop HTTP/1.1';
const BODY = '{"user":"tester"}';
const LENGTH = `Content-Length: ${BODY.length}`;

describe('requests that do harm on Dify’s wire', () => {
  let dify: DifyServer;

  beforeAll(async () => {
    dify = await DifyServer.start({ OPSAGENT_APP_MODE: 'chat' });
    // The first one there is becomes the default.
    await dify.config('sim-echo');
  });

  afterAll(async () => {
    const errors = dify.app.log.filter((line) => line.includes('"level":"error"'));
    await dify.close();
    expect(errors).toEqual([]);
  });

  const say = (head: string[], body = ''): Promise<RawAnswer> => rawRequest(dify.app.url, head, body);
  /** What a refusal says, which must be Dify's three fields and nothing else. */
  const refusalIn = ({ status, body, headers }: RawAnswer): string => {
    const refusal = JSON.parse(body) as Json;
    expect({ keys: Object.keys(refusal), status: refusal['status'] }).toEqual({
      keys: ['code', 'message', 'status'],
      status,
    });
    expect(headers).toMatch(/^x-version: 1\.13\.3$/im);
    return `${status} ${String(refusal['code'])}`;
  };
  const post = async (body: string | Buffer<ArrayBuffer>, headers: Record<string, string> = {}): Promise<Reply> => {
    const response = await fetch(`${dify.app.url}/v1/chat-messages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${APP_KEY}`, 'content-type': 'application/json', ...headers },
      body,
    });
    return { status: response.status, headers: response.headers, body: (await response.json()) as Json };
  };
  const historyOf = async (conversation: unknown, user = 'tester'): Promise<Json[]> =>
    (await dify.call<{ data: Json[] }>('GET', `/v1/messages?user=${user}&conversation_id=${String(conversation)}`)).body
      .data;

  describe('by what they say', () => {
    it.each([
      ['NUL', 'a\0b', 'ab'],
      ['half a surrogate pair', 'a\ud800b\udc00', 'a\ufffdb\ufffd'],
      ['all that turns text round', '\u202Ea\u2066b\ufeff', '\u202Ea\u2066b\ufeff'],
      ['1 MB', '磁'.repeat(350_000), '磁'.repeat(350_000)],
      ['what looks like a frame', 'data: {"event":"error"}\n\n\r\n\u2028', 'data: {"event":"error"}\n\n\r\n\u2028'],
    ])('are answered and kept with %s, whole and in a stream', async (_what, query, kept) => {
      const whole = await dify.ask('sim-echo', query);
      expect(whole.status).toBe(200);
      const { status, events } = await dify.stream('sim-echo', query);
      expect([status, events.at(-1)?.event]).toEqual([200, 'message_end']);
      for (const [answer, conversation] of [
        [whole.body['answer'], whole.body['conversation_id']],
        [answerIn(events), events[0]?.['conversation_id']],
      ]) {
        expect(String(answer).toWellFormed() === kept).toBe(true);
        const [message] = await historyOf(conversation);
        expect([message?.['query'] === kept, message?.['answer'] === kept]).toEqual([true, true]);
      }
      const { body } = await dify.call<{ data: Json[] }>('GET', '/v1/conversations?user=tester&limit=1');
      expect(String(body.data[0]?.['name']).length).toBeLessThan(80);
    });

    it('fill in no form with what cannot be kept', async () => {
      const { body } = await dify.api<{ items: AppDto[] }>('GET', '/api/apps');
      const field = (variable: string, type: string): Json => ({ type, variable, label: variable, required: false });
      const input_form = [field('host', 'text-input'), field('count', 'number')];
      const path = `/api/apps/${body.items[0]?.id}`;
      expect((await dify.api('PATCH', path, { input_form })).status).toBe(200);
      const ask = (inputs: unknown): Promise<Reply> => dify.ask('sim-echo', 'x', { inputs });
      const asked = await ask({ host: 'a\0\ud800b', other: 'x'.repeat(MB), ['k'.repeat(MB)]: 1 });
      expect(asked.status).toBe(200);
      expect((await historyOf(asked.body['conversation_id']))[0]?.['inputs']).toEqual({ host: 'a\ufffdb', count: '' });
      for (const inputs of [{ host: { a: 1 } }, { host: [] }, { count: '1e999' }, { count: 'x' }, [], 'x', null])
        expect(await ask(inputs)).toMatchObject({ status: 400, body: { code: 'invalid_param' } });
      expect((await dify.api('PATCH', path, { input_form: [] })).status).toBe(200);
    });

    it.each([
      [
        'inputs',
        `{"user":"u","query":"x","model_config_id":null,"inputs":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}`,
      ],
      [
        'files',
        `{"user":"u","query":"x","inputs":{},"files":[{"transfer_method":${'['.repeat(100_000)}${']'.repeat(100_000)}}]}`,
      ],
      [
        'what is not known',
        `{"user":"u","query":"x","inputs":{},"x":${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}}`,
      ],
    ])('may be as deep as they like in %s', async (_where, text) => {
      expect(await post(text)).toMatchObject({ status: 200, body: { answer: 'x' } });
    });

    it('are refused in Dify’s words when they are deep where a text belongs', async () => {
      const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
      for (const field of ['user', 'query', 'response_mode', 'conversation_id', 'model_config_id', 'files']) {
        const text = `{"user":"u","query":"x","inputs":{},"${field}":${deep}}`.replace(
          new RegExp(`"${field}":"\\w",`),
          '',
        );
        expect([field, await post(text)]).toMatchObject([field, { status: 400, body: { code: 'invalid_param' } }]);
      }
    });

    it('come in any character set of Unicode, and in no other', async () => {
      const text = JSON.stringify({ user: 'u', inputs: {}, query: '磁盘' });
      const taken = { status: 200, body: { answer: '磁盘' } };
      const type = (charset: string) => ({ 'content-type': `application/json; charset=${charset}` });
      expect(await post(text, type('UTF-8'))).toMatchObject(taken);
      expect(await post(Buffer.from(text, 'utf16le'), type('utf-16le'))).toMatchObject(taken);
      for (const charset of ['koi8-r', 'x'.repeat(5_000)])
        expect([charset.length, await post(text, type(charset))]).toMatchObject([charset.length, { status: 415 }]);
      expect(await post(Buffer.from([0x7b, 0xff, 0xfe, 0x7d]))).toMatchObject({
        status: 400,
        body: { code: 'bad_request' },
      });
    });

    it('are no larger unpacked than packed', async () => {
      const bomb = gzipSync(Buffer.alloc(64 * MB, ' '));
      const start = bytesInUse();
      expect(await post(bomb, { 'content-encoding': 'gzip' })).toMatchObject({
        ...{ status: 413, body: { code: 'request_entity_too_large', status: 413 } },
      });
      expect(bytesInUse() - start).toBeLessThan(30 * MB);
      expect(await post('x', { 'content-encoding': 'gzip' })).toMatchObject({
        status: 400,
        body: { code: 'bad_request' },
      });
      expect(await post('x', { 'content-encoding': 'zip' })).toMatchObject({
        ...{ status: 415, body: { code: 'unsupported_media_type' } },
      });
    });

    it('are cut off when they do not end', async () => {
      const line = await RawHttp.to(dify.app.url);
      const head = ['POST /v1/chat-messages HTTP/1.1', 'Host: x', KEYED, JSON_TYPE, 'Transfer-Encoding: chunked'];
      line.socket.write(`${head.join('\r\n')}\r\n\r\n2\r\n{"\r\n`);
      await line.flood(Buffer.from(`10000\r\n${'a'.repeat(65_536)}\r\n`));
      expect(line.said).toMatch(/^HTTP\/1\.1 413 [^]*"code":"request_entity_too_large"/);
      const declared = await RawHttp.to(dify.app.url);
      declared.socket.write([...head.slice(0, 4), `Content-Length: ${100 * MB}`, '', '{'].join('\r\n'));
      await eventually(() => declared.said.includes('request_entity_too_large'));
      declared.socket.destroy();
    });
  });

  describe('by their headers', () => {
    it.each<[string, string[], string]>([
      ['the second key does not count', [KEYED, WRONG_KEY], '200'],
      ['nor when it is the right one', [WRONG_KEY, KEYED], '401 unauthorized'],
      ['two keys in one', [`${KEYED}, Bearer ${APP_KEY}`], '401 unauthorized'],
      ['a key that is none', [`Authorization: Bearer ${'a'.repeat(8_000)}`], '401 unauthorized'],
      ['a key with a tail', [`${KEYED}\xff`], '401 unauthorized'],
      ['a key in its cookie', [`Cookie: authorization=Bearer ${APP_KEY}`], '401 unauthorized'],
      ['another key for a proxy', [KEYED, `Proxy-${WRONG_KEY}`], '200'],
      ['another method', [KEYED, 'X-HTTP-Method-Override: DELETE', 'X-Method-Override: DELETE'], '200'],
      ['another address', [KEYED, 'X-Original-URL: /api/me', 'X-Rewrite-URL: /api/me'], '200'],
      ['a continuation', [KEYED, 'Expect: 100-continue'], '200'],
      ['a thousand of them', [KEYED, ...Array.from({ length: 1000 }, (_, at) => `X-${at}: 1`)], '200'],
      ['a web page behind it', [KEYED, 'Origin: null', 'Referer: javascript:'], '200'],
    ])('%s', async (_what, headers, expected) => {
      const answer = await say([STOP, ...headers, JSON_TYPE, LENGTH], BODY);
      const { status } = answer;
      // A continuation comes before the answer itself.
      if (expected === '200')
        expect([statusesIn(`${answer.headers}\r\n${answer.body}`).at(-1) ?? status]).toEqual([200]);
      else expect(refusalIn(answer)).toBe(expected);
    });

    it.each<[string, string[], number]>([
      ['a length and chunks', [KEYED, JSON_TYPE, LENGTH, 'Transfer-Encoding: chunked'], 400],
      ['two lengths', [KEYED, JSON_TYPE, LENGTH, 'Content-Length: 1'], 400],
      ['a length below nothing', [KEYED, JSON_TYPE, 'Content-Length: -1'], 400],
      ['a line within a line', [`${KEYED}\nX: y`, JSON_TYPE, LENGTH], 400],
      ['NUL', [`${KEYED}\0`, JSON_TYPE, LENGTH], 400],
      ['20 KB', [KEYED, `X: ${'a'.repeat(20_000)}`, JSON_TYPE, LENGTH], 431],
      ['an expectation that nobody can meet', [KEYED, 'Expect: miracles', JSON_TYPE, LENGTH], 417],
    ])('with %s is refused before anything of ours sees it', async (_what, headers, status) => {
      expect((await say([STOP, ...headers], BODY)).status).toBe(status);
    });

    it.each([
      ['multipart/form-data; boundary=x', BODY],
      ['text/plain', BODY],
      ['application/x-www-form-urlencoded', 'user=tester'],
      ['application/jsonx', BODY],
      ['text/plain, application/json', BODY],
      ['application/octet-stream', BODY],
      ['x', BODY],
    ])('that call JSON %s are refused as Dify does', async (type, body) => {
      const answer = await say([STOP, KEYED, `Content-Type: ${type}`, `Content-Length: ${body.length}`], body);
      expect(refusalIn(answer)).toBe('415 unsupported_media_type');
    });
  });

  describe('by their address', () => {
    it.each([
      ...[
        '/v1/messages/%zz/suggested',
        '/v1/messages/%E0%A4%A/feedbacks',
        '/v1/conversations/%00',
        '/v1/../v1/nothing',
      ],
      ...['/v1//info', '/v1/info%2f', '/v1/info;x=1', '/v1/%2e%2e/api/me', `/v1/${'a/'.repeat(4_000)}`, '/v1/info%00'],
      ...[
        '/v1/files/..%2f..%2fetc%2fpasswd/preview',
        '/v1/constructor',
        '/v1/__proto__',
        '/v1/conversations/%F0%9F%92%A9',
      ],
    ])('GET %s leads nowhere', async (path) => {
      const answer = await say([`GET ${path} HTTP/1.1`, KEYED]);
      expect(refusalIn(answer)).toMatch(/^40[45] /);
    });

    it.each([
      'user=a%00b',
      'user=%zz',
      'limit=1&limit=x',
      'limit=',
      'limit=%00',
      'user[]=x',
      'last_id[$ne]=x',
      '%',
      '&&&=',
    ])('ask in a query with "%s" and get an answer', async (query) => {
      expect([200, 400]).toContain((await say([`GET /v1/conversations?${query} HTTP/1.1`, KEYED])).status);
    });

    it.each(['TRACE', 'CONNECT', 'PROPFIND', 'PATCH', 'LINK', 'QUERY'])(
      'are refused with the method %s',
      async (method) => {
        const { status } = await say([`${method} /v1/info HTTP/1.1`, KEYED]);
        expect([0, 400, 404, 405]).toContain(status);
      },
    );
  });

  describe('about what is somebody else’s', () => {
    it('see another app’s things as missing, and leave them as they were', async () => {
      const other = { authorization: `Bearer ${await new Cast(dify.app).appKey()}` };
      const { body: asked } = await dify.ask('sim-echo', 'x');
      const { body: annotation } = await dify.call('POST', '/v1/apps/annotations', { question: 'q', answer: 'a' });
      const path = `/v1/apps/annotations/${String(annotation['id'])}`;
      const missing = { status: 404, body: { code: 'not_found', status: 404 } };
      expect(await dify.send('PUT', path, other, { question: 'mine', answer: 'mine' })).toMatchObject(missing);
      expect(await dify.send('DELETE', path, other)).toMatchObject(missing);
      const ours = await dify.call<{ data: Json[] }>('GET', '/v1/apps/annotations');
      expect(ours.body.data).toMatchObject([{ id: annotation['id'], question: 'q', answer: 'a' }]);
      const theirs = await dify.send<{ data: Json[] }>('GET', '/v1/apps/annotations', other);
      expect(theirs.body.data).toEqual([]);
      expect((await dify.send<{ data: Json[] }>('GET', '/v1/app/feedbacks', other)).body.data).toEqual([]);

      const job = await dify.call('POST', '/v1/apps/annotation-reply/disable', {
        ...{ score_threshold: 0.9, embedding_provider_name: 'x', embedding_model_name: 'y' },
      });
      const status = `/v1/apps/annotation-reply/disable/status/${String(job.body['job_id'])}`;
      expect((await dify.call('GET', status)).status).toBe(200);
      expect(await dify.send('GET', status, other)).toMatchObject({
        ...{ status: 400, body: { code: 'invalid_param', message: 'The job does not exist.' } },
      });

      const conversation = String(asked['conversation_id']);
      const mine = await dify.ask('sim-echo', 'mine', { user: 'other' });
      const foreign = `user=other&conversation_id=${String(mine.body['conversation_id'])}&first_id=${String(asked['message_id'])}`;
      expect(await dify.call('GET', `/v1/messages?${foreign}`)).toMatchObject({
        ...{ status: 404, body: { message: 'First Message Not Exists.' } },
      });
      expect(await dify.call('GET', `/v1/conversations?user=other&last_id=${conversation}`)).toMatchObject({
        ...{ status: 404, body: { message: 'Last Conversation Not Exists.' } },
      });
      const speech = await dify.call('POST', '/v1/text-to-audio', { user: 'other', message_id: asked['message_id'] });
      expect([400, 404]).toContain(speech.status);
    });

    it('stop nobody else’s answer', async () => {
      const opened = await dify.open('sim-slow-50-20', 'x', { user: 'owner' });
      const text = opened.text();
      let tasks: { id: string }[] = [];
      await eventually(
        async () => (tasks = await dify.app.query("select id from runs where state = 'running'")).length === 1,
      );
      const stop = `/v1/chat-messages/${tasks[0]?.id}/stop`;
      const other = { authorization: `Bearer ${await new Cast(dify.app).appKey()}` };
      expect((await dify.call('POST', stop, { user: 'another' })).body).toEqual({ result: 'success' });
      expect((await dify.send('POST', stop, other, { user: 'owner' })).body).toEqual({ result: 'success' });
      expect((await text).match(/"event":"message"/g)).toHaveLength(20);
    });
  });
});
