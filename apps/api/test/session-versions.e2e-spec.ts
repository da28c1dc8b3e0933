import type { ChatEvent, MeDto, MessageDto, MessageListDto, SessionDto } from '@opsagent/contracts';
import { Conversations } from '../src/session/conversations.js';
import { ConsoleServer, readEvents, textOf } from './support/console.js';

const NOBODY = '00000000-0000-4000-8000-000000000000';

describe('versions of a turn', () => {
  let server: ConsoleServer;
  let session: SessionDto;

  beforeAll(async () => {
    server = await ConsoleServer.start();
  });

  beforeEach(async () => {
    session = await server.session('sim-history');
  });

  afterAll(() => server.close());

  const send = async (query: string, parentId?: string | null): Promise<ChatEvent[]> => {
    const body = { query, ...(parentId === undefined ? {} : { parent_id: parentId }) };
    return readEvents(await server.fetch('POST', `/api/sessions/${session.session_id}/messages`, body));
  };
  const line = async (through?: string): Promise<MessageDto[]> => {
    const path = `/api/sessions/${session.session_id}/messages${through ? `?through=${through}` : ''}`;
    return (await server.call<MessageListDto>('GET', path)).items;
  };
  const queries = async (through?: string): Promise<string[]> => (await line(through)).map(({ query }) => query);

  it('stand beside each other; the newest line is shown, the others on demand', async () => {
    for (const query of ['one', 'two', 'three']) await send(query);
    const [one, two, three] = await line();
    expect([one?.parent_id, two?.parent_id, three?.parent_id]).toEqual([null, one?.message_id, two?.message_id]);
    await send('two again', one?.message_id);
    expect(await queries()).toEqual(['one', 'two again']);
    const newer = (await line())[1];
    expect(newer).toMatchObject({ parent_id: one?.message_id, versions: [two?.message_id, newer?.message_id] });
    expect(await queries(two?.message_id)).toEqual(['one', 'two', 'three']);
    await send('four', three?.message_id);
    expect(await queries()).toEqual(['one', 'two', 'three', 'four']);
    await send('five');
    expect(await queries()).toEqual(['one', 'two', 'three', 'four', 'five']);
    expect(await queries(newer?.message_id)).toEqual(['one', 'two again']);
  });

  it('begin the session anew when they follow nothing', async () => {
    await send('one');
    await send('two');
    await send('another one', null);
    expect(await queries()).toEqual(['another one']);
    expect((await line())[0]?.versions).toHaveLength(2);
  });

  it('tell the model only what leads to them', async () => {
    await send('first');
    await send('second');
    const [first] = await line();
    const told = textOf(await send('second again', first?.message_id));
    expect(told).toContain('"first"');
    expect(told).not.toContain('"second"');
    const next = textOf(await send('third'));
    expect(next).toContain('second again');
    expect(next).not.toContain('"second"');
    expect(textOf(await send('anew', null))).not.toContain('"first"');
  });

  it('are all kept when they are asked for at the same time', async () => {
    await send('one');
    await send('two');
    const [one] = await line();
    await Promise.all([send('two b', one?.message_id), send('two c', one?.message_id)]);
    expect((await line())[1]?.versions).toHaveLength(3);
  });

  it('page like a session that has none', async () => {
    for (const query of ['one', 'two', 'three']) await send(query);
    const plain = await server.call<MessageListDto>(
      'GET',
      `/api/sessions/${session.session_id}/messages?skip=1&limit=1`,
    );
    expect(plain).toMatchObject({ total: 3, items: [{ query: 'two', parent_id: (await line())[0]?.message_id }] });
    await send('three again', plain.items[0]?.message_id);
    const versioned = await server.call<MessageListDto>(
      'GET',
      `/api/sessions/${session.session_id}/messages?skip=1&limit=1`,
    );
    expect(versioned).toEqual(plain);
  });

  it('are told to other wires as the newest line alone', async () => {
    await send('one');
    await send('two');
    const [one] = await line();
    await send('two again', one?.message_id);
    const owner = { userId: (await server.call<MeDto>('GET', '/api/me')).user.id };
    const page = { beforeId: null, limit: 20 };
    const { items } = await server.app.app.get(Conversations).messages(owner, session.session_id, page);
    expect(items.map(({ query }) => query)).toEqual(['one', 'two again']);
  });

  it.each([
    ['follow a message of no session', NOBODY, 400],
    ['follow what is no id', 'x', 400],
  ])('may not %s', async (_name, parentId, status) => {
    await send('one');
    const body = { query: 'x', parent_id: parentId };
    const response = await server.fetch('POST', `/api/sessions/${session.session_id}/messages`, body);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ errors: [{ field: 'parent_id' }] });
    expect(await queries()).toEqual(['one']);
  });

  it('are not found through a message of another session', async () => {
    const response = await server.fetch('GET', `/api/sessions/${session.session_id}/messages?through=${NOBODY}`);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 'session/message-not-found' });
  });
});
