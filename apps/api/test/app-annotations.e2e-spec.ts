import { randomUUID } from 'node:crypto';
import type {
  AnnotationDto,
  AnnotationListDto,
  AppDto,
  AppFeedbackListDto,
  AuditListDto,
  CreatedAppKeyDto,
  JobDto,
  ToolListDto,
} from '@opsagent/contracts';
import { DifyServer } from './support/dify-server.js';
import { eventually } from './support/eventually.js';

describe('an app as those see it who look after it', () => {
  let dify: DifyServer;
  let id: string;
  let key: string;

  beforeAll(async () => {
    dify = await DifyServer.start();
    const llm_config_id = await dify.config('sim-echo');
    ({ id } = (await dify.api<AppDto>('POST', '/api/apps', { name: 'Desk', mode: 'chat', llm_config_id })).body);
    ({ key } = (await dify.api<CreatedAppKeyDto>('POST', `/api/apps/${id}/keys`, { name: 'a client' })).body);
  });

  afterAll(() => dify.close());

  const path = (rest: string): string => `/api/apps/${id}/${rest}`;
  const create = (question: string, answer: string) =>
    dify.api<AnnotationDto>('POST', path('annotations'), { question, answer });
  const list = async (query = '') => (await dify.api<AnnotationListDto>('GET', path(`annotations${query}`))).body;
  const ask = async (query: string) => {
    const body = { query, inputs: {}, user: 'u' };
    return (await dify.call<{ answer: string; message_id: string }>('POST', '/v1/chat-messages', body, key)).body;
  };

  it('has annotations that are listed, searched, changed and deleted, each change in the audit log', async () => {
    const [first, second] = [await create('Where is the log?', '/var/log'), await create('Who is on call?', 'Ann')];
    expect([first.status, first.body.hit_count]).toEqual([201, 0]);
    expect(await list()).toMatchObject({ total: 2, items: [{ question: 'Who is on call?' }, { answer: '/var/log' }] });
    expect((await list('?search=LOG')).items.map((one) => one.id)).toEqual([first.body.id]);
    expect((await list('?skip=1&limit=1')).items.map((one) => one.id)).toEqual([first.body.id]);
    const at = path(`annotations/${second.body.id}`);
    const changed = await dify.api<AnnotationDto>('PUT', at, { question: 'Who is on call?', answer: 'Bo' });
    expect(changed.body).toEqual({ ...second.body, answer: 'Bo' });
    expect((await dify.api('DELETE', at)).status).toBe(204);
    expect((await dify.api('DELETE', at)).status).toBe(404);
    const { body } = await dify.api<AuditListDto>('GET', '/api/audit?limit=20');
    const told = body.items.filter(({ target_id: target }) => target === second.body.id);
    expect(told.map(({ action }) => action).sort()).toEqual([
      'annotation.create',
      'annotation.delete',
      'annotation.update',
    ]);
  });

  it('refuses an annotation that says nothing, and one of another app', async () => {
    expect((await create(' ', 'x')).status).toBe(400);
    expect((await create('x', '')).status).toBe(400);
    const { body: other } = await dify.api<AppDto>('POST', '/api/apps', { name: 'Other' });
    const [one] = (await list()).items;
    const foreign = `/api/apps/${other.id}/annotations/${one?.id}`;
    expect((await dify.api('PUT', foreign, { question: 'x', answer: 'y' })).status).toBe(404);
    expect((await dify.api('DELETE', foreign)).status).toBe(404);
    expect((await dify.api('GET', `/api/apps/${randomUUID()}/annotations`)).status).toBe(404);
  });

  it('answers with them once a job has switched them on, and no more when they are switched off', async () => {
    const switchTo = async (enabled: boolean, llm_config_id: string | null) => {
      const reply = { enabled, score_threshold: 0.9, llm_config_id };
      const started = await dify.api<JobDto>('PUT', path('annotation-reply'), reply);
      expect([started.status, started.body.kind]).toEqual([202, 'annotation_reply']);
      await eventually(
        async () => (await dify.api<JobDto>('GET', `/api/jobs/${started.body.id}`)).body.state === 'finished',
      );
      expect((await dify.api<AppDto>('GET', `/api/apps/${id}`)).body.annotation_reply).toEqual(reply);
    };
    await switchTo(true, await dify.config('sim-embed', { is_embedding: true }));
    expect((await ask('Where is the log?')).answer).toBe('/var/log');
    await switchTo(true, null);
    expect((await ask(' where is the LOG? ')).answer).toBe('/var/log');
    await switchTo(false, null);
    expect((await ask('Where is the log?')).answer).toBe('Where is the log?');
    expect((await list()).items[0]?.hit_count).toBe(2);
  });

  it('refuses to compare questions with what is no embedding configuration', async () => {
    const reply = { enabled: true, score_threshold: 0.9, llm_config_id: await dify.config('sim-echo') };
    expect((await dify.api('PUT', path('annotation-reply'), reply)).status).toBe(400);
  });

  it('shows what end users thought of its answers, newest first', async () => {
    for (const [query, rating, content] of [
      ['first', 'like', null],
      ['second', 'dislike', 'wrong host'],
    ]) {
      const { message_id } = await ask(String(query));
      await dify.call('POST', `/v1/messages/${message_id}/feedbacks`, { rating, content, user: 'u' }, key);
    }
    const { body } = await dify.api<AppFeedbackListDto>('GET', path('feedbacks?limit=1'));
    expect(body).toMatchObject({ total: 2, items: [{ query: 'second', rating: 'dislike', comment: 'wrong host' }] });
    const { body: rest } = await dify.api<AppFeedbackListDto>('GET', path('feedbacks?skip=1'));
    expect(rest.items).toMatchObject([{ query: 'first', answer: 'first', rating: 'like', comment: null }]);
  });

  it('can be allowed every tool that is listed, and no other', async () => {
    const { body: tools } = await dify.api<ToolListDto>('GET', '/api/tools');
    expect(tools.items).toContainEqual(
      expect.objectContaining({
        name: 'host_inspect',
        risk: 'read',
        label: { en: 'Inspect a host', zh: '查看主机' },
      }),
    );
    expect(tools.items.every(({ parameters }) => parameters['type'] === 'object')).toBe(true);
    const names = tools.items.map(({ name }) => name);
    expect((await dify.api<AppDto>('PATCH', `/api/apps/${id}`, { tools: names })).body.tools).toEqual(names);
    expect((await dify.api('PATCH', `/api/apps/${id}`, { tools: [...names, 'rm_rf'] })).status).toBe(400);
  });
});
