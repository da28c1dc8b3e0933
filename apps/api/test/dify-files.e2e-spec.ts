import { connect } from 'node:net';
import { ChatClient } from 'dify-client';
import type { AppDto } from '@opsagent/contracts';
import { APP_KEY, DifyServer, type Reply } from './support/dify-server.js';
import { eventually } from './support/eventually.js';

type Json = Record<string, unknown>;

/** A red dot. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);
const ON = {
  enabled: true,
  allowed_file_types: ['image', 'document'],
  allowed_file_extensions: [],
  allowed_file_upload_methods: ['remote_url', 'local_file'],
  number_limits: 3,
};

describe.each(['disk', 'postgres'])('files on Dify’s wire, kept in %s', (storage) => {
  let dify: DifyServer;

  beforeAll(async () => {
    dify = await DifyServer.start({ OPSAGENT_FILE_STORAGE: storage, OPSAGENT_APP_MODE: 'chat' });
    const { body } = await dify.api<{ items: AppDto[] }>('GET', '/api/apps');
    const { status } = await dify.api('PATCH', `/api/apps/${body.items[0]?.id}`, { file_upload: ON });
    expect(status).toBe(200);
  });

  afterAll(() => dify.close());

  const upload = async (
    content: string | Buffer<ArrayBuffer>,
    name: string,
    type: string,
    user = 'tester',
  ): Promise<Reply> => {
    const form = new FormData();
    form.append('file', new Blob([content], { type }), name);
    form.append('user', user);
    return send(form);
  };
  const send = async (body: FormData | string, headers: Record<string, string> = {}): Promise<Reply> => {
    const response = await fetch(`${dify.app.url}/v1/files/upload`, {
      ...{ method: 'POST', headers: { authorization: `Bearer ${APP_KEY}`, ...headers }, body },
    });
    return { status: response.status, headers: response.headers, body: (await response.json()) as Json };
  };
  const local = (id: unknown, type = 'image'): Json => ({ type, transfer_method: 'local_file', upload_file_id: id });
  const get = (path: string, headers: Record<string, string> = { authorization: `Bearer ${APP_KEY}` }) =>
    fetch(new URL(path, dify.app.url), { headers });
  const kept = async (): Promise<{ files: number; chunks: number }> => {
    const [row] = await dify.app.query<{ files: number; chunks: number }>(
      'select (select count(*)::int from files) as files, (select count(*)::int from file_chunks) as chunks',
    );
    return row ?? { files: -1, chunks: -1 };
  };
  const lastAsked = (): Json[] => {
    const body = dify.simulator.requests.all().at(-1)?.body as { messages: Json[] };
    return body.messages;
  };

  it('takes an image, shows it to the model and to whoever may see it', async () => {
    const { status, body } = await upload(PNG, '红点.png', 'image/png');
    expect(status).toBe(201);
    expect(body).toMatchObject({ name: '红点.png', size: PNG.length, extension: 'png', mime_type: 'image/png' });
    const unused = await get(`/v1/files/${String(body['id'])}/preview?user=tester`);
    expect([unused.status, await unused.json()]).toMatchObject([404, { code: 'file_not_found' }]);

    const answer = await dify.ask('sim-text', 'What is it?', { files: [local(body['id'])] });
    expect(answer.status).toBe(200);
    expect(lastAsked().at(-1)).toEqual({
      role: 'user',
      content: [
        { type: 'image_url', image_url: { url: `data:image/png;base64,${PNG.toString('base64')}` } },
        { type: 'text', text: 'What is it?' },
      ],
    });

    const conversation_id = answer.body['conversation_id'];
    const history = await dify.call<{ data: { message_files: Json[] }[] }>(
      'GET',
      `/v1/messages?user=tester&conversation_id=${String(conversation_id)}`,
    );
    const [shown] = history.body.data[0]?.message_files ?? [];
    expect(shown).toMatchObject({
      ...{ filename: '红点.png', type: 'image', mime_type: 'image/png', size: PNG.length },
      ...{ transfer_method: 'local_file', belongs_to: 'user', upload_file_id: body['id'] },
    });
    const signed = await get(String(shown?.['url']), {});
    expect([signed.status, signed.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect(Buffer.from(await signed.arrayBuffer()).equals(PNG)).toBe(true);
    expect((await get(`${String(shown?.['url']).replace(/timestamp=\d/, 'timestamp=9')}`, {})).status).toBe(404);

    const preview = await get(`/v1/files/${String(body['id'])}/preview?user=tester&as_attachment=true`);
    expect(preview.headers.get('content-disposition')).toBe(
      `attachment; filename*=UTF-8''${encodeURIComponent('红点.png')}`,
    );
    expect(preview.headers.get('content-length')).toBe(String(PNG.length));
    expect((await get(`/v1/files/${String(body['id'])}/preview?user=another`)).status).toBe(404);
    expect((await get(`/v1/files/${String(body['id'])}/preview`)).status).toBe(200);

    await dify.ask('sim-text', 'And now?', { conversation_id });
    expect(JSON.stringify(lastAsked())).toContain(PNG.toString('base64'));
    // An image is shown to models that see, and named to those that do not.
    const blind = await dify.config('deepseek-v4-pro', { provider: 'deepseek' });
    await dify.ask('sim-text', 'Still there?', { conversation_id, model_config_id: blind });
    expect(JSON.stringify(lastAsked())).toContain('you cannot see images');
    expect(JSON.stringify(lastAsked())).not.toContain(PNG.toString('base64'));

    const path = `/v1/conversations/${String(conversation_id)}`;
    expect((await dify.call('DELETE', path, { user: 'tester' })).status).toBe(204);
    expect((await get(String(shown?.['url']), {})).status).toBe(404);
    expect(await kept()).toEqual({ files: 0, chunks: 0 });
  });

  it('tells the model what a document says, also later', async () => {
    const { body } = await upload('disk full on db1', 'report.txt', 'text/plain');
    const answer = await dify.ask('sim-text', 'Sum it up', { files: [local(body['id'], 'document')] });
    const told = '<file name="report.txt">\ndisk full on db1\n</file>\n\nSum it up';
    expect(lastAsked().at(-1)).toEqual({ role: 'user', content: told });
    await dify.ask('sim-text', 'Go on', { conversation_id: answer.body['conversation_id'] });
    expect(lastAsked()).toContainEqual({ role: 'user', content: told });
  });

  it('keeps files of other users apart', async () => {
    const { body } = await upload('secret', 'mine.txt', 'text/plain', 'somebody else');
    const answer = await dify.ask('sim-text', 'Read it', { files: [local(body['id'], 'document')] });
    expect([answer.status, answer.body]).toMatchObject([
      400,
      { code: 'invalid_param', message: 'Invalid upload file' },
    ]);
  });

  it('refuses what Dify refuses, in its words', async () => {
    const before = await kept();
    const two = new FormData();
    two.append('file', new Blob(['a']), 'a.txt');
    two.append('file', new Blob(['b']), 'b.txt');
    const none = new FormData();
    none.append('user', 'tester');
    const part = (head: string): Promise<Reply> =>
      send(`--b\r\nContent-Disposition: form-data; name="file"${head}\r\n\r\nx\r\n--b--\r\n`, {
        'content-type': 'multipart/form-data; boundary="b"',
      });
    const large = 'x'.repeat(15 * 1024 * 1024 + 1);
    const refusals: [Promise<Reply>, number, string][] = [
      [send(none), 400, 'no_file_uploaded'],
      [send('{}', { 'content-type': 'application/json' }), 400, 'no_file_uploaded'],
      [send(two), 400, 'too_many_files'],
      [upload(large, 'large.txt', 'text/plain'), 413, 'file_too_large'],
      [upload('x', '../../etc/passwd', 'text/plain'), 400, 'invalid_param'],
      [part('; filename="untyped.txt"'), 415, 'unsupported_file_type'],
      [part('; filename=""\r\nContent-Type: text/plain'), 400, 'filename_not_exists_error'],
      [part('; filename=""\r\nContent-Type: application/octet-stream'), 400, 'filename_not_exists_error'],
      [part(''), 400, 'no_file_uploaded'],
      [send('--x\r\nno end', { 'content-type': 'multipart/form-data; boundary=x' }), 400, 'bad_request'],
      [send('--x', { 'content-type': 'multipart/form-data' }), 400, 'bad_request'],
    ];
    for (const [reply, status, code] of refusals) expect(await reply).toMatchObject({ status, body: { code, status } });
    expect(await kept()).toEqual(before);
  });

  it('keeps names that would do harm harmless', async () => {
    const { body } = await upload('x', `\u202Egnp${'n'.repeat(300)}.txt`, 'text/plain');
    expect(body['name']).toBe(`gnp${'n'.repeat(197)}.txt`);
    const { body: page } = await upload('<script>1</script>', 'page.html', 'text/html');
    await dify.ask('sim-text', 'Read', { files: [local(page['id'], 'document')] });
    const { headers } = await get(`/v1/files/${String(page['id'])}/preview?user=tester`);
    expect(headers.get('content-type')).toBe('application/octet-stream');
    expect(headers.get('content-disposition')).toContain('attachment');
  });

  it('keeps nothing of what a client did not send whole', async () => {
    const before = await kept();
    const { hostname, port } = new URL(dify.app.url);
    const socket = connect(Number(port), hostname);
    socket.write(
      `POST /v1/files/upload HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${APP_KEY}\r\nContent-Length: 5000000\r\n` +
        'Content-Type: multipart/form-data; boundary=b\r\n\r\n--b\r\n' +
        'Content-Disposition: form-data; name="file"; filename="cut.txt"\r\nContent-Type: text/plain\r\n\r\n' +
        'x'.repeat(1_000_000),
    );
    await eventually(async () => (await kept()).files === before.files + 1);
    socket.destroy();
    await eventually(async () => (await kept()).files === before.files);
    expect(await kept()).toEqual(before);
  });

  it('takes a client’s word for a file whose name tells nothing', async () => {
    const { status, body } = await upload('disk: 82%', 'file', 'application/octet-stream');
    expect([status, body['extension']]).toEqual([201, '']);
    expect((await dify.ask('sim-text', 'Hm', { files: [local(body['id'], 'document')] })).status).toBe(200);
    expect((await dify.ask('sim-text', 'Hm', { files: [local(body['id'], 'audio')] })).status).toBe(400);
    expect((await dify.ask('sim-text', 'Hm', { files: [local(body['id'], 'custom')] })).status).toBe(400);
  });

  it('holds questions against what the app takes', async () => {
    const { body } = await upload('x', 'song.mp3', 'audio/mpeg');
    const refusedBecause = async (files: Json[]): Promise<unknown> =>
      (await dify.ask('sim-text', 'Hm', { files })).body['message'];
    expect(await refusedBecause([local(body['id'], 'audio')])).toBe('File validation failed for file: song.mp3');
    expect(await refusedBecause([local('nonsense')])).toBe('Invalid upload file id format');
    expect(await refusedBecause([local(undefined)])).toBe('Invalid upload file id');
    expect(await refusedBecause(Array.from({ length: 4 }, () => local(body['id'])))).toContain('maximum limit 3');
    expect(await refusedBecause([{ type: 'image', transfer_method: 'remote_url', url: 'http://10.0.0.1/a.png' }])).toBe(
      'The file at http://10.0.0.1/a.png could not be fetched.',
    );
    const dropped = [{ type: 'image' }, { type: 'image', transfer_method: 'remote_url' }];
    expect((await dify.ask('sim-text', 'Hm', { files: dropped })).status).toBe(200);
  });

  it('takes what the official client sends', async () => {
    const client = new ChatClient(APP_KEY, `${dify.app.url}/v1`);
    const form = new FormData();
    form.append('user', 'tester');
    form.append('file', new Blob(['official'], { type: 'text/plain' }), 'official.txt');
    const { status, data } = await client.fileUpload(form);
    expect([status, data]).toMatchObject([201, { name: 'official.txt' }]);
  });
});
