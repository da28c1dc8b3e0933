import { randomUUID } from 'node:crypto';
import type { AppDto, CreatedAppKeyDto } from '@opsagent/contracts';
import { answerIn, DifyServer, eventsIn, type Reply } from './support/dify-server.js';
import { eventually } from './support/eventually.js';
import { startTestApp, type TestApp } from './support/test-app.js';

type Json = Record<string, unknown>;

interface Page {
  data: { id: string; question: string; hit_count: number }[];
  has_more: boolean;
  limit: number;
  total: number;
  page: number;
}

describe('annotations', () => {
  let dify: DifyServer;

  beforeAll(async () => {
    dify = await DifyServer.start();
  });

  afterAll(() => dify.close());

  /** An app of its own with a key, and what its client does. */
  async function anApp(more: Json = {}) {
    const { body: app } = await dify.api<AppDto>('POST', '/api/apps', { name: 'Desk', ...more });
    const { body: made } = await dify.api<CreatedAppKeyDto>('POST', `/api/apps/${app.id}/keys`, { name: 'a client' });
    const call = <T = Json>(method: string, path: string, body?: Json): Promise<Reply<T>> =>
      dify.call<T>(method, path, body, made.key);
    const model_config_id = await dify.config('sim-echo');
    const question = (query: string): Json => ({ query, inputs: {}, user: 'tester', model_config_id });
    return {
      ...{ id: app.id, key: made.key, call },
      ask: (query: string, conversation: Json = {}) =>
        call('POST', '/v1/chat-messages', { ...question(query), ...conversation }),
      stream: async (query: string) => {
        const response = await fetch(`${dify.app.url}/v1/chat-messages`, {
          method: 'POST',
          headers: { authorization: `Bearer ${made.key}`, 'content-type': 'application/json' },
          body: JSON.stringify({ ...question(query), response_mode: 'streaming' }),
        });
        return eventsIn(await response.text());
      },
      annotate: async (text: string, answer: string) =>
        String((await call('POST', '/v1/apps/annotations', { question: text, answer })).body['id']),
      hits: async (id: string) => {
        const { body } = await call<Page>('GET', '/v1/apps/annotations');
        return body.data.find((one) => one.id === id)?.hit_count;
      },
    };
  }

  const BY_WORDS = { annotation_reply: { enabled: true, score_threshold: 0.9, llm_config_id: null } };
  const anEmbedding = (model: string): Promise<string> => dify.config(model, { is_embedding: true });
  const byVectors = (configId: string, threshold = 0.9): Json => ({
    annotation_reply: { enabled: true, score_threshold: threshold, llm_config_id: configId },
  });

  describe('as a list', () => {
    it('are written, changed and deleted by the app alone', async () => {
      const [app, other] = [await anApp(), await anApp()];
      const made = await app.call('POST', '/v1/apps/annotations', { question: 'Q', answer: 'A' });
      expect([made.status, Object.keys(made.body)]).toEqual([
        201,
        ['id', 'question', 'answer', 'hit_count', 'created_at'],
      ]);
      expect(made.body).toMatchObject({ question: 'Q', answer: 'A', hit_count: 0 });
      const path = `/v1/apps/annotations/${String(made.body['id'])}`;
      const text = { question: 'Q2', answer: 'A2' };
      const missing = { status: 404, body: { code: 'not_found', message: 'Annotation not found', status: 404 } };
      expect(await other.call('PUT', path, text)).toMatchObject(missing);
      expect(await other.call('DELETE', path)).toMatchObject(missing);
      expect(await app.call('PUT', path, text)).toMatchObject({ status: 200, body: { ...made.body, ...text } });
      expect((await other.call<Page>('GET', '/v1/apps/annotations')).body.total).toBe(0);
      expect(await app.call('DELETE', path)).toMatchObject({ status: 204, body: {} });
      expect(await app.call('DELETE', path)).toMatchObject(missing);
    });

    it('come in pages, newest first, and are found by a part of either text', async () => {
      const app = await anApp();
      for (const word of ['one', 'two', '100%']) await app.annotate(`Q ${word}`, `A ${word}`);
      const list = async (query: string): Promise<Page> =>
        (await app.call<Page>('GET', `/v1/apps/annotations?${query}`)).body;
      const first = await list('page=1&limit=2');
      expect(first.data.map(({ question }) => question)).toEqual(['Q 100%', 'Q two']);
      expect(first).toMatchObject({ has_more: true, limit: 2, total: 3, page: 1 });
      expect(await list('page=2&limit=2')).toMatchObject({ has_more: false, data: [{ question: 'Q one' }] });
      expect(await list('limit=500')).toMatchObject({ limit: 100, total: 3 });
      expect(await list('keyword=a%20TWO')).toMatchObject({ total: 1, data: [{ question: 'Q two' }] });
      expect(await list('keyword=0%25')).toMatchObject({ total: 1, data: [{ question: 'Q 100%' }] });
    });

    it.each([
      ['POST', '/v1/apps/annotations', { question: 'Q' }],
      ['POST', '/v1/apps/annotations', { answer: 'A' }],
      ['POST', '/v1/apps/annotations', { question: ' ', answer: 'A' }],
      ['POST', '/v1/apps/annotations', { question: 'Q', answer: 1 }],
      ['PUT', `/v1/apps/annotations/${randomUUID()}`, { question: 'Q' }],
      ['GET', '/v1/apps/annotations?page=0', undefined],
      ['GET', '/v1/apps/annotations?limit=x', undefined],
      ['POST', '/v1/apps/annotation-reply/enable', { score_threshold: 0.9, embedding_provider_name: 'openai' }],
      ['GET', `/v1/apps/annotation-reply/enable/status/${randomUUID()}`, undefined],
      ['GET', '/v1/apps/annotation-reply/enable/status/none', undefined],
    ])('refuse bad input: %s %s %j', async (method, path, body) => {
      expect(await dify.call(method, path, body)).toMatchObject({ status: 400, body: { code: 'invalid_param' } });
    });
  });

  describe('compared by their words', () => {
    it('answer a question that differs in width, case and the space around it only, and count it', async () => {
      const app = await anApp({ mode: 'chat', ...BY_WORDS });
      const id = await app.annotate('Disk FULL?', 'Run df -h.');
      const { status, body } = await app.ask('  ｄｉｓｋ full？ ');
      expect([status, body['answer']]).toEqual([200, 'Run df -h.']);
      expect(body['metadata']).toMatchObject({
        annotation_reply: { id, account: { id: app.id, name: 'Desk' } },
        usage: { total_tokens: 0, total_price: '0' },
      });
      await eventually(async () => (await app.hits(id)) === 1);
      const other = await app.ask('Is the disk full?');
      expect(other.body).toMatchObject({ answer: 'Is the disk full?', metadata: { annotation_reply: null } });
    });

    it('answer as `message` in a stream of an agent, without a thought, and the model is not asked', async () => {
      const app = await anApp({ mode: 'agent-chat', ...BY_WORDS });
      const id = await app.annotate('stream me', 'From the\n"shelf" 架');
      const asked = dify.simulator.requests.ofModel('sim-echo').length;
      const events = await app.stream('stream me');
      expect(events.map(({ event }) => event)).toEqual(['message', 'message_end']);
      expect(answerIn(events)).toBe('From the\n"shelf" 架');
      expect(events[1]).toMatchObject({
        metadata: { annotation_reply: { id }, usage: { total_tokens: 0, prompt_price: '0', currency: 'USD' } },
      });
      expect(dify.simulator.requests.ofModel('sim-echo')).toHaveLength(asked);
      expect((await app.stream('something else'))[0]).toMatchObject({ event: 'agent_thought' });
    });

    it('are kept in the conversation, which goes on from there', async () => {
      const app = await anApp({ mode: 'chat', ...BY_WORDS });
      await app.annotate('first', 'Kept answer');
      const conversation_id = (await app.ask('first')).body['conversation_id'];
      await app.ask('second', { conversation_id });
      const told = JSON.stringify(dify.simulator.requests.ofModel('sim-echo').at(-1)?.body);
      expect(told).toContain('Kept answer');
      const { body } = await app.call<{ data: Json[] }>(
        'GET',
        `/v1/messages?user=tester&conversation_id=${String(conversation_id)}`,
      );
      expect(body.data).toMatchObject([
        { query: 'first', answer: 'Kept answer', total_tokens: 0 },
        { query: 'second' },
      ]);
    });

    it('do not answer while the app has them off', async () => {
      const app = await anApp({ mode: 'chat' });
      await app.annotate('off', 'Kept');
      expect((await app.ask('off')).body['answer']).toBe('off');
    });
  });

  describe('compared by their vectors', () => {
    it('answer from the threshold on', async () => {
      const config = await anEmbedding('sim-embed-32-near');
      const app = await anApp({ mode: 'chat', ...byVectors(config) });
      const id = await app.annotate('How full is the disk?', 'Run df -h.');
      const { body } = await app.ask('How full is the disk?');
      expect(body).toMatchObject({ answer: 'Run df -h.', metadata: { annotation_reply: { id } } });
      expect((await app.ask('Who are you?')).body['answer']).toBe('Who are you?');
      await dify.api('PATCH', `/api/apps/${app.id}`, byVectors(config, 0));
      // Random directions in 32 dimensions: at a threshold of 0 about half of all questions match, of these at least one.
      const answers = await Promise.all(
        Array.from({ length: 20 }, async (_, at) => (await app.ask(`other ${at}`)).body['answer']),
      );
      expect(answers).toContain('Run df -h.');
    });

    it('leave the answer to the model when the provider fails', async () => {
      const app = await anApp({ mode: 'chat', ...byVectors(await anEmbedding('sim-embed-8-then')) });
      await app.annotate('down', 'Kept');
      expect((await app.ask('down')).body['answer']).toBe('Kept');
      await dify.api('PATCH', `/api/apps/${app.id}`, byVectors(await anEmbedding('sim-embed-500')));
      expect((await app.ask('down')).body['answer']).toBe('down');
      const isTold = (line: string) =>
        line.includes(app.id) && line.includes('vectors of annotations could not be made');
      await eventually(() => dify.app.log.some(isTold));
    });

    it('wait two seconds at the most for a provider that does not answer', async () => {
      const app = await anApp({ mode: 'chat', ...byVectors(await anEmbedding('sim-embed-4-quick')) });
      await app.annotate('slow', 'Kept');
      const silent = await anEmbedding('sim-embed-silent-annotations');
      await dify.app.query(`update annotations set vector_space = $2 where app_id = $1`, [
        app.id,
        `${silent} sim-embed-silent-annotations`,
      ]);
      await dify.api('PATCH', `/api/apps/${app.id}`, byVectors(silent));
      const startedMs = performance.now();
      expect((await app.ask('slow')).body['answer']).toBe('slow');
      expect(performance.now() - startedMs).toBeGreaterThan(1_900);
      expect(performance.now() - startedMs).toBeLessThan(4_000);
    }, 15_000);

    it('get the vectors they lack once somebody asks', async () => {
      const app = await anApp({ mode: 'chat' });
      await app.annotate('late', 'Kept');
      await dify.api('PATCH', `/api/apps/${app.id}`, byVectors(await anEmbedding('sim-embed-8-late')));
      await eventually(async () => (await app.ask('late')).body['answer'] === 'Kept');
    });
  });

  describe('switched by a client', () => {
    const switched = async (app: Awaited<ReturnType<typeof anApp>>, action: string, more: Json = {}) => {
      const { status, body } = await app.call('POST', `/v1/apps/annotation-reply/${action}`, {
        ...{ score_threshold: 0.8, embedding_provider_name: 'OpenAI', embedding_model_name: 'sim-embed-8-job' },
        ...more,
      });
      expect([status, body['job_status']]).toEqual([200, 'waiting']);
      const path = `/v1/apps/annotation-reply/${action}/status/${String(body['job_id'])}`;
      let reply: Reply = await app.call('GET', path);
      await eventually(async () => {
        reply = await app.call('GET', path);
        return reply.body['job_status'] !== 'processing' && reply.body['job_status'] !== 'waiting';
      });
      return { jobId: String(body['job_id']), path, body: reply.body };
    };

    it('make the vectors of all of them in the background, answer, and stop answering', async () => {
      const llm_config_id = await anEmbedding('sim-embed-8-job');
      const app = await anApp({ mode: 'chat' });
      for (let at = 0; at < 60; at++) await app.annotate(`Q${at}`, `A${at}`);
      const { jobId, path, body } = await switched(app, 'enable');
      expect(body).toEqual({ job_id: jobId, job_status: 'completed', error_msg: '' });
      expect((await app.call('GET', '/v1/parameters')).body['annotation_reply']).toEqual({ enabled: true });
      expect((await dify.api<AppDto>('GET', `/api/apps/${app.id}`)).body.annotation_reply).toEqual({
        ...{ enabled: true, score_threshold: 0.8, llm_config_id },
      });
      expect((await app.ask('Q57')).body['answer']).toBe('A57');
      const inputs = dify.simulator.requests
        .ofModel('sim-embed-8-job')
        .map(({ body: sent }) => (sent as Json)['input']);
      expect(inputs.map((texts) => (texts as string[]).length)).toEqual([50, 10, 1]);
      expect((await (await anApp()).call('GET', path)).status).toBe(400);
      expect((await switched(app, 'disable')).body).toMatchObject({ job_status: 'completed' });
      expect((await app.ask('Q57')).body['answer']).toBe('Q57');
      const entries = await dify.app.query<Json>(
        `select actor_kind, actor_id from audit_log where target_id = $1 and action = 'app.update'`,
        [app.id],
      );
      expect(entries).toEqual(Array(2).fill({ actor_kind: 'app', actor_id: app.id }));
    });

    it('say why they cannot be, and stay off', async () => {
      await anEmbedding('sim-embed-401');
      const app = await anApp({ mode: 'chat' });
      await app.annotate('Q', 'A');
      const { body } = await switched(app, 'enable', { embedding_model_name: 'sim-embed-401' });
      expect(body['job_status']).toBe('error');
      expect(body['error_msg']).toMatch(/key/i);
      expect((await app.call('GET', '/v1/parameters')).body['annotation_reply']).toEqual({ enabled: false });
    });

    it('are refused without such an embedding configuration', async () => {
      await dify.config('sim-embed-chat');
      const body = { score_threshold: 0.8, embedding_provider_name: 'openai', embedding_model_name: 'sim-embed-chat' };
      const refused = { status: 400, body: { code: 'invalid_param' } };
      expect(await dify.call('POST', '/v1/apps/annotation-reply/enable', body)).toMatchObject(refused);
      expect((await dify.call('POST', '/v1/apps/annotation-reply/perhaps', body)).status).toBe(404);
    });
  });

  it('count at once on another process when they change', async () => {
    const allow = { OPSAGENT_OUTBOUND_ALLOW: `127.0.0.1:${dify.simulator.port}` };
    const other: TestApp = await startTestApp(allow, dify.app.database);
    try {
      const app = await anApp({ mode: 'chat', ...BY_WORDS });
      const id = await app.annotate('shared', 'before');
      const model_config_id = await dify.config('sim-echo');
      const askThere = async (): Promise<unknown> => {
        const response = await fetch(`${other.url}/v1/chat-messages`, {
          method: 'POST',
          headers: { authorization: `Bearer ${app.key}`, 'content-type': 'application/json' },
          body: JSON.stringify({ query: 'shared', inputs: {}, user: 'tester', model_config_id }),
        });
        return ((await response.json()) as Json)['answer'];
      };
      expect(await askThere()).toBe('before');
      await app.call('PUT', `/v1/apps/annotations/${id}`, { question: 'shared', answer: 'after' });
      expect(await askThere()).toBe('after');
      await app.call('PUT', `/v1/apps/annotations/${id}`, { question: 'renamed', answer: 'after' });
      await eventually(async () => (await askThere()) === 'shared');
      await app.annotate('shared', 'new');
      await eventually(async () => (await askThere()) === 'new');
    } finally {
      await other.close();
    }
  });
});
