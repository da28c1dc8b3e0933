import { DifyServer } from './support/dify-server.js';
import { eventually } from './support/eventually.js';

type Json = Record<string, unknown>;

describe('names of conversations on Dify’s wire', () => {
  let dify: DifyServer;

  beforeAll(async () => {
    dify = await DifyServer.start({ OPSAGENT_APP_MODE: 'chat' });
  });

  afterAll(() => dify.close());

  const named = { auto_generate_name: true };
  const nameOf = async (user: string): Promise<unknown> =>
    (await dify.call<{ data: Json[] }>('GET', `/v1/conversations?user=${user}`)).body.data[0]?.['name'];
  const askedOf = (model: string): Json[] => dify.simulator.requests.ofModel(model).map(({ body }) => body as Json);
  const rename = (id: unknown, user: string): Promise<Json> =>
    dify.call('POST', `/v1/conversations/${String(id)}/name`, { auto_generate: true, user }).then(({ body }) => body);

  it('are found by the model once the first answer is there, and leave the order of the list alone', async () => {
    // This model says what it is told, so that the first line of what it is told comes back as the title.
    const user = 'reader';
    const { events } = await dify.stream('sim-echo-named', 'Why is the disk of db1 full?', { user, ...named });
    const conversation_id = events[0]?.['conversation_id'];
    await eventually(async () => (await nameOf(user)) === 'User: Why is the disk of db1 full?');
    const [, titled] = askedOf('sim-echo-named');
    expect(titled?.['messages']).toMatchObject([
      { role: 'system', content: expect.stringContaining('language the user writes in') as string },
      { role: 'user', content: 'User: Why is the disk of db1 full?\nAssistant: Why is the disk of db1 full?' },
    ]);
    const [row] = await dify.app.query<{ isUntouched: boolean }>(
      `select s.updated_at <= m.finished_at as "isUntouched" from user_sessions s join messages m on m.session_id = s.id
        where s.id = $1`,
      [conversation_id],
    );
    expect(row).toEqual({ isUntouched: true });

    await dify.ask('sim-echo-named', 'And now?', { user, conversation_id, ...named });
    await dify.ask('sim-echo-named', 'A second one', { user: 'other', ...named });
    await eventually(async () => (await nameOf('other')) === 'User: A second one');
    expect(askedOf('sim-echo-named')).toHaveLength(5);
  });

  it('are there at once, and are not waited for', async () => {
    const user = 'hasty';
    const first = await dify.open('sim-echo-hasty', 'A question that is longer than that', { user, ...named });
    const text = await first.text();
    expect(text).toContain('message_end');
    expect(['A question that is l…', 'User: A question that is longer than that']).toContain(await nameOf(user));
    await eventually(async () => (await nameOf(user)) === 'User: A question that is longer than that');
  });

  it('stay as they are where the client wants no title', async () => {
    await dify.ask('sim-echo-unnamed', 'Why is the disk of db1 full?', { user: 'quiet', auto_generate_name: false });
    // Whoever asks later is named before: the queue keeps its order.
    await dify.ask('sim-echo-later', 'x', { user: 'later', ...named });
    await eventually(async () => (await nameOf('later')) === 'User: x');
    expect(await nameOf('quiet')).toBe('Why is the disk of d…');
    expect(askedOf('sim-echo-unnamed')).toHaveLength(1);
  });

  it('are those of the people where people gave them meanwhile', async () => {
    const user = 'owner';
    const { body } = await dify.ask('sim-echo', 'x', { user });
    const id = String(body['conversation_id']);
    await dify.call('POST', `/v1/conversations/${id}/name`, { name: 'Mine', user });
    const slow = await dify.ask('sim-first-300', 'y', { user: 'slow', ...named });
    await dify.call('POST', `/v1/conversations/${String(slow.body['conversation_id'])}/name`, {
      ...{ name: 'Also mine', user: 'slow' },
    });
    await eventually(() => askedOf('sim-first-300').length === 2);
    await dify.ask('sim-echo-behind', 'z', { user: 'behind', ...named });
    await eventually(async () => (await nameOf('behind')) === 'User: z');
    expect([await nameOf(user), await nameOf('slow')]).toEqual(['Mine', 'Also mine']);
  });

  it('come from the question alone where the model has no title', async () => {
    const { body } = await dify.ask('sim-503-once', 'How  is\nit?', { user: 'silent', ...named });
    expect(body).toHaveProperty('answer');
    const id = body['conversation_id'];
    expect(await rename(id, 'silent')).toMatchObject({ id, name: expect.stringMatching(/^\S.*\S$/) as string });
    const failed = await dify.ask('sim-401', 'Why does\n nothing answer here, and for how long will it be so?', {
      ...{ user: 'failed', ...named },
    });
    expect(failed.status).toBe(400);
    const { body: page } = await dify.call<{ data: Json[] }>('GET', '/v1/conversations?user=failed');
    expect(await rename(page.data[0]?.['id'], 'failed')).toMatchObject({
      name: 'Why does nothing answer here, and for how long ...',
    });
    expect(askedOf('sim-401')).toHaveLength(1);
  });
});
