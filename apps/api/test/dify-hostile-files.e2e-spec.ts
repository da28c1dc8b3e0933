import { existsSync, readdirSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { AppDto } from '@opsagent/contracts';
import { Outbound } from '../src/platform/outbound/outbound.js';
import { Cast } from './support/cast.js';
import { bytesInUse } from './support/bytes-in-use.js';
import { APP_KEY, DifyServer, type Reply } from './support/dify-server.js';
import { eventually } from './support/eventually.js';
import { hostileDocuments } from './support/hostile-documents.js';
import { RawHttp } from './support/raw-http.js';

type Json = Record<string, unknown>;

const KEYED = { authorization: `Bearer ${APP_KEY}` };
const MB = 1024 * 1024;
/** Large things on a machine that is busy with other tests. */
const PATIENCE_MS = 120_000;
const ON = {
  enabled: true,
  allowed_file_types: ['image', 'document', 'audio', 'video'],
  allowed_file_extensions: [],
  allowed_file_upload_methods: ['remote_url', 'local_file'],
  number_limits: 3,
};
const PNG = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
const HEAD = `POST /v1/files/upload HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${APP_KEY}\r\n`;
const FORM = 'Content-Type: multipart/form-data; boundary=b\r\n';

describe('files that do harm', () => {
  let dify: DifyServer;

  beforeAll(async () => {
    dify = await DifyServer.start({ OPSAGENT_APP_MODE: 'chat', OPSAGENT_FILE_STORAGE: 'disk' });
    const { body } = await dify.api<{ items: AppDto[] }>('GET', '/api/apps');
    await dify.api('PATCH', `/api/apps/${body.items[0]?.id}`, { file_upload: ON });
  });

  afterAll(async () => {
    const errors = dify.app.log.filter((line) => line.includes('"level":"error"'));
    await dify.close();
    expect(errors).toEqual([]);
  });

  const answerOf = async (response: Response): Promise<Reply> => ({
    ...{ status: response.status, headers: response.headers, body: (await response.json()) as Json },
  });
  const post = async (body: string | FormData, headers: Record<string, string> = {}): Promise<Reply> =>
    answerOf(
      await fetch(`${dify.app.url}/v1/files/upload`, { method: 'POST', headers: { ...KEYED, ...headers }, body }),
    );
  const part = (disposition: string, more = 'Content-Type: text/plain\r\n', content = 'x'): string =>
    `--b\r\nContent-Disposition: form-data; ${disposition}\r\n${more}\r\n${content}\r\n`;
  const postParts = (...parts: string[]): Promise<Reply> =>
    post(`${parts.join('')}--b--\r\n`, { 'content-type': 'multipart/form-data; boundary=b' });
  const upload = (name: string, bytes: Uint8Array<ArrayBuffer> | string, type = 'text/plain', key = APP_KEY) => {
    const form = new FormData();
    form.append('file', new Blob([bytes], { type }), name);
    form.append('user', 'tester');
    return post(form, { authorization: `Bearer ${key}` });
  };
  const local = (id: unknown, type = 'document'): Json => ({ type, transfer_method: 'local_file', upload_file_id: id });
  const remote = (url: string, type = 'image'): Json => ({ type, transfer_method: 'remote_url', url });

  /** What is kept, as rows and as bytes. */
  const kept = async (): Promise<unknown> => {
    const rows = await dify.app.query<{ id: string }>('select id from files order by id');
    const folder = join(dify.app.database.open.dataDir, 'files');
    return { rows: rows.map(({ id }) => id), files: existsSync(folder) ? readdirSync(folder).sort() : [] };
  };

  describe('as uploads', () => {
    it.each<[string, number, string, string[]]>([
      ['without a media type', 415, 'unsupported_file_type', [part('name="file"; filename="a.txt"', '')]],
      [
        'without a name',
        400,
        'filename_not_exists_error',
        [part('name="file"', 'Content-Type: application/octet-stream\r\n')],
      ],
      [
        'with an empty name',
        400,
        'filename_not_exists_error',
        [part('name="file"; filename=""', 'Content-Type: application/octet-stream\r\n')],
      ],
      ['that is a field', 400, 'no_file_uploaded', [part('name="file"', '')]],
      ['under another name', 400, 'no_file_uploaded', [part('name="document"; filename="a.txt"')]],
      ['twice', 400, 'too_many_files', [part('name="file"; filename="a.txt"'), part('name="file"; filename="b.txt"')]],
      ['of nothing that is seen', 400, 'invalid_param', [part('name="file"; filename="\u202E\uFEFF"')]],
      ['that climbs', 400, 'invalid_param', [part('name="file"; filename="../../../etc/passwd"')]],
      ['that climbs on Windows', 400, 'invalid_param', [part('name="file"; filename="..%5c..\\\\\\\\x.txt"')]],
      [
        'for a user with NUL',
        400,
        'invalid_param',
        [part('name="user"', '', 'a\0b'), part('name="file"; filename="a.txt"')],
      ],
      [
        'for a user as long as a book',
        400,
        'invalid_param',
        [part('name="user"', '', 'a'.repeat(9_000)), part('name="file"; filename="a.txt"')],
      ],
    ])('refuses one %s and keeps nothing', async (_what, status, code, parts) => {
      const before = await kept();
      expect(await postParts(...parts)).toMatchObject({
        status,
        body: { code, status, message: expect.any(String) as string },
      });
      expect(await kept()).toEqual(before);
    });

    it('takes forms that are written oddly', async () => {
      const file = part('name="file"; filename="odd.txt"', 'Content-Type: text/plain; charset=utf-8\r\n');
      const fields = Array.from({ length: 15 }, (_, at) => part(`name="__proto__${at}"`, '', 'y'.repeat(100)));
      const odd = await Promise.all([
        postParts(part('name="user"', '', 'tester'), file),
        postParts(file, part('name="user"', '', 'tester'), part('name="user"', '', 'another')),
        postParts(...fields, file),
        postParts(part('name="other"; filename="z.bin"', '', 'name="file"; filename="no.txt"'), file),
        post(`ignored\r\n${file}--b--\r\nignored`, { 'content-type': 'Multipart/Form-Data; Boundary="b"' }),
      ]);
      expect(odd.map(({ status, body }) => [status, body['name'], body['size']])).toEqual(
        odd.map(() => [201, 'odd.txt', 1]),
      );
    });

    it('keeps a name harmless, and whole where it can be', async () => {
      const names: [string, string][] = [
        ['报告 (终稿) v2.txt', '报告 (终稿) v2.txt'],
        ['\u202Etxt.exe', 'txt.exe'],
        [`${'𝒳'.repeat(300)}.txt`, `${'𝒳'.repeat(100)}.txt`],
        ['..', '..'],
        ["'; drop table files; --.txt", "'; drop table files; --.txt"],
        ['.hidden', '.hidden'],
        ['CON.txt', 'CON.txt'],
      ];
      for (const [sent, stored] of names) expect((await upload(sent, 'x')).body['name']).toBe(stored);
    });

    it('refuses 100 MB at once, by what the form says of its length', async () => {
      const before = await kept();
      const line = await RawHttp.to(dify.app.url);
      line.socket.write(`${HEAD}${FORM}Content-Length: ${110 * MB}\r\n\r\n--b\r\n`);
      await eventually(() => line.said.includes('"file_too_large"'));
      expect(line.said).toContain('"status":413');
      expect(await kept()).toEqual(before);
      line.socket.destroy();
    });

    it.each([
      ['a document', 'name="file"; filename="endless.txt"', 15],
      ['nothing that is wanted', 'name="other"; filename="endless.txt"', 101],
    ])(
      'cuts off an endless form with %s, in little memory, and keeps nothing',
      async (_what, disposition, mostMb) => {
        const before = await kept();
        const line = await RawHttp.to(dify.app.url);
        const begin = part(disposition).slice(0, -3);
        line.socket.write(
          `${HEAD}${FORM}Transfer-Encoding: chunked\r\n\r\n${begin.length.toString(16)}\r\n${begin}\r\n`,
        );
        const held: number[] = [bytesInUse()];
        const watch = setInterval(() => {
          // Once on the way: counting takes its time.
          if (held.length < 2 && line.socket.bytesWritten > 10 * MB) held.push(bytesInUse());
        }, 5);
        await line.flood(Buffer.from(`10000\r\n${'a'.repeat(65_536)}\r\n`));
        clearInterval(watch);
        expect(line.said).toMatch(/^HTTP\/1\.1 413 [^]*"code":"file_too_large"/);
        expect(line.socket.bytesWritten).toBeGreaterThan(mostMb * MB);
        const [atFirst = 0, inBetween = Infinity] = held;
        expect(inBetween - atFirst).toBeLessThan(8 * MB);
        await eventually(async () => JSON.stringify(await kept()) === JSON.stringify(before));
      },
      PATIENCE_MS,
    );

    it(
      'does not cut a video that is one byte too long',
      async () => {
        const before = await kept();
        expect(await upload('larger.mp4', new Uint8Array(100 * MB + 1), 'video/mp4')).toMatchObject({
          ...{ status: 413, body: { code: 'file_too_large' } },
        });
        expect(await kept()).toEqual(before);
      },
      PATIENCE_MS,
    );
  });

  describe('as documents', () => {
    it.each(hostileDocuments().map((one) => [one.name, one] as const))(
      'are read without harm: %s',
      async (name, { type, bytes, told }) => {
        const { status, body } = await upload(name, bytes, type);
        expect([status, body]).toMatchObject([201, { size: bytes.length }]);
        const answer = await dify.ask('sim-text-2', `read ${name}`, { files: [local(body['id'])] });
        expect(answer.status).toBe(200);
        expect(documentTold(`read ${name}`)).toMatch(told);
      },
      PATIENCE_MS,
    );

    /** What stood between the marks of the file in the question. */
    const documentTold = (query: string): string => {
      const bodies = dify.simulator.requests.all().map(({ body }) => body as { messages: Json[] });
      const asked = bodies.flatMap(({ messages }) => messages.map(({ content }) => String(content)));
      const question = asked.find((content) => content.endsWith(`\n\n${query}`)) ?? '';
      return (
        /^<file name="[^"]*">\n([^]*)\n<\/file>\n\n[^]*$/.exec(question)?.[1] ?? `not told: ${question.slice(0, 200)}`
      );
    };
  });

  describe('by their address', () => {
    let web: Server;
    let inside: Server;
    let reachedInside = 0;
    let gone = 0;
    let base: string;

    beforeAll(async () => {
      inside = createServer((_, response) => void (reachedInside++, response.end('secret')));
      await new Promise<void>((resolve) => void inside.listen(0, '127.0.0.1', resolve));
      const insideUrl = `http://127.0.0.1:${(inside.address() as AddressInfo).port}`;
      web = createServer((request, response) => {
        const { pathname, searchParams } = new URL(request.url ?? '/', 'http://x');
        const picture = { 'content-type': 'image/png' };
        response.once('close', () => response.writableFinished || gone++);
        if (pathname.startsWith('/to'))
          return response.writeHead(302, { location: searchParams.get('to') ?? '' }).end();
        if (pathname === '/inside') return response.writeHead(302, { location: insideUrl }).end();
        if (pathname === '/loop') return response.writeHead(302, { location: '/loop' }).end();
        if (pathname === '/huge.png') return response.writeHead(200, { ...picture, 'content-length': 10e9 }).write('x');
        if (pathname === '/endless.png') return endless(response.writeHead(200, picture));
        if (pathname === '/slow.png') return slow(response.writeHead(200, { ...picture, 'content-length': 1_000 }));
        if (pathname === '/cut.png')
          return response.writeHead(200, { ...picture, 'content-length': 100 }).write('x', () => response.destroy());
        if (pathname === '/page.png') return response.writeHead(200, { 'content-type': 'text/html' }).end('<html>');
        if (pathname === '/gone.png') return response.writeHead(404).end();
        if (pathname === '/bomb.png')
          return response.writeHead(200, { ...picture, 'content-encoding': 'gzip' }).end('no gzip');
        return response.writeHead(200, picture).end(PNG);
      });
      const endless = (response: ServerResponse): void => {
        while (!response.destroyed && response.write(Buffer.alloc(MB)));
        response.once('drain', () => endless(response));
      };
      const slow = (response: ServerResponse): void => {
        const drops = setInterval(() => response.write('x'), 100);
        response.once('close', () => clearInterval(drops));
      };
      await new Promise<void>((resolve) => void web.listen(0, '127.0.0.1', resolve));
      const { port } = web.address() as AddressInfo;
      base = `http://127.0.0.1:${port}`;
      dify.app.app.get(Outbound).allow('127.0.0.1', port);
    });

    afterAll(() => {
      for (const server of [web, inside]) {
        server.closeAllConnections();
        server.close();
      }
    });

    const ask = (url: string, query = 'look'): Promise<Reply> =>
      dify.ask('sim-text-2', query, { user: 'looker', files: [remote(url)] });

    it('reach the model when they are fetched, also after a redirect, and keep their own address', async () => {
      for (const path of ['/a.png', '/to?to=/a.png']) {
        const { status, body } = await ask(base + path);
        expect(status).toBe(200);
        const history = await dify.call<{ data: { message_files: Json[] }[] }>(
          'GET',
          `/v1/messages?user=looker&conversation_id=${String(body['conversation_id'])}`,
        );
        expect(history.body.data[0]?.message_files).toMatchObject([
          { filename: 'a.png', type: 'image', transfer_method: 'remote_url', size: PNG.length, url: base + path },
        ]);
        const { messages } = dify.simulator.requests.all().at(-1)?.body as { messages: Json[] };
        expect(JSON.stringify(messages.at(-1))).toContain(PNG.toString('base64'));
      }
    });

    it.each([
      ...['/inside', '/loop', '/cut.png', '/gone.png', '/to?to=file:///etc/passwd', '/to?to=http://169.254.169.254/'],
      ...['/to?to=', '/to?to=http://[::ffff:127.0.0.1]:1/', '/to?to=javascript:alert(1)'],
    ])('are refused without a word about why: %s', async (path) => {
      const before = await kept();
      const { status, body } = await ask(base + path);
      expect([status, body]).toEqual([
        400,
        { code: 'invalid_param', message: `The file at ${base + path} could not be fetched.`, status: 400 },
      ]);
      expect(await kept()).toEqual(before);
      expect(reachedInside).toBe(0);
    });

    it.each([
      ...[
        'file:///etc/passwd',
        'ftp://127.0.0.1/x',
        'data:image/png;base64,AAAA',
        'gopher://127.0.0.1',
        '//x',
        'nonsense',
      ],
      ...['http://127.0.0.1:1/', 'http://2130706433/', 'http://0x7f.1/', 'http://localhost:5432/', 'http://[::1]/'],
      ...[
        'http://169.254.169.254/latest/meta-data/',
        'http://10.0.0.1/',
        'http://user:pass@127.0.0.1/',
        'http://a\0b/',
      ],
    ])('lead nowhere inside: %s', async (url) => {
      expect(await ask(url)).toMatchObject({ status: 400, body: { code: 'invalid_param', status: 400 } });
    });

    it('are cut off when they are too large, whatever they say of their length', async () => {
      const before = await kept();
      for (const path of ['/huge.png', '/endless.png']) {
        gone = 0;
        expect(await ask(base + path)).toMatchObject({ status: 413, body: { code: 'file_too_large', status: 413 } });
        await eventually(() => gone === 1);
      }
      expect(await kept()).toEqual(before);
    });

    it('are given up when they take too long', async () => {
      const hasty = await DifyServer.start({ OPSAGENT_TOTAL_MS: '1000' });
      const [app] = (await hasty.api<{ items: AppDto[] }>('GET', '/api/apps')).body.items;
      await hasty.api('PATCH', `/api/apps/${app?.id}`, { file_upload: ON });
      hasty.app.app.get(Outbound).allow('127.0.0.1', Number(new URL(base).port));
      gone = 0;
      expect(await hasty.ask('sim-text-2', 'look', { files: [remote(`${base}/slow.png`)] })).toMatchObject({
        ...{
          status: 400,
          body: { code: 'invalid_param', message: `The file at ${base}/slow.png could not be fetched.` },
        },
      });
      await eventually(() => gone === 1);
      await hasty.close();
    });

    it('are what they are, not what they are called', async () => {
      for (const path of ['/page.png', '/bomb.png']) {
        expect((await ask(base + path, `see ${path}`)).status).toBe(200);
        const { messages } = dify.simulator.requests.all().at(-1)?.body as { messages: Json[] };
        expect(JSON.stringify(messages.at(-1))).toContain('of a kind that cannot be shown');
      }
    });

    it('take a name from the address that harms nobody', async () => {
      const url = `${base}/${encodeURIComponent('\u202E../..\\gpj.<b>')}${'%F0%9F%98%80'.repeat(150)}.png?%zz`;
      const { body } = await ask(url);
      const history = await dify.call<{ data: { message_files: Json[] }[] }>(
        'GET',
        `/v1/messages?user=looker&conversation_id=${String(body['conversation_id'])}`,
      );
      const name = String(history.body.data[0]?.message_files[0]?.['filename']);
      expect(name).toMatch(/^[^\u202E/\\<>\ud800]{1,200}\.png$/);
    });
  });

  it('are nobody’s but their sender’s', async () => {
    const other = await new Cast(dify.app).appKey();
    const { body } = await upload('mine.txt', 'mine');
    await dify.ask('sim-text-2', 'mine', { files: [local(body['id'])] });
    const path = `/v1/files/${String(body['id'])}/preview`;
    expect((await dify.send('GET', `${path}?user=tester`, { authorization: `Bearer ${other}` })).body).toMatchObject({
      code: 'file_not_found',
    });
    expect((await dify.send('GET', `${path}?user=somebody`, KEYED)).body).toMatchObject({ code: 'file_not_found' });
    const stolen = { query: 'x', inputs: {}, user: 'tester', files: [local(body['id'])] };
    const headers = { authorization: `Bearer ${other}` };
    const model_config_id = await dify.config('sim-text-2');
    expect(await dify.send('POST', '/v1/chat-messages', headers, { ...stolen, model_config_id })).toMatchObject({
      ...{ status: 400, body: { code: 'invalid_param', message: 'Invalid upload file' } },
    });
  });
});
