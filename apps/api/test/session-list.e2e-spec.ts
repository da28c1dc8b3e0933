import type { MessageListDto, SessionDto, SessionListDto } from '@opsagent/contracts';
import { ConsoleServer } from './support/console.js';

const NOBODY = '00000000-0000-4000-8000-000000000000';

describe('the list of sessions', () => {
  let server: ConsoleServer;

  beforeAll(async () => {
    server = await ConsoleServer.start();
  });

  afterAll(() => server.close());

  const named = (session_name: string) => server.call<SessionDto>('POST', '/api/sessions', { session_name });
  const list = async (query: string): Promise<string[]> => {
    const { items } = await server.call<SessionListDto>('GET', `/api/sessions?${query}`);
    return items.map(({ session_name }) => session_name);
  };

  it('tells pinned ones apart and leaves out what was put away', async () => {
    const [pinned, , away] = [await named('pin 1'), await named('pin 2'), await named('pin 3')];
    const { pinned_at } = await server.call<SessionDto>('PATCH', `/api/sessions/${pinned.session_id}`, {
      pinned: true,
    });
    expect(Date.parse(pinned_at!)).toBeGreaterThan(0);
    await server.call('PATCH', `/api/sessions/${away.session_id}`, { archived: true });
    expect(await list('search=pin&pinned=true')).toEqual(['pin 1']);
    expect(await list('search=pin&pinned=false')).toEqual(['pin 2']);
    expect(await list('search=pin')).toEqual(['pin 2', 'pin 1']);
    expect(await list('search=pin&archived=true')).toEqual(['pin 3']);
    await server.call('PATCH', `/api/sessions/${pinned.session_id}`, { pinned: false });
    await server.call('PATCH', `/api/sessions/${away.session_id}`, { archived: false });
    expect(await list('search=pin')).toEqual(['pin 3', 'pin 2', 'pin 1']);
  });

  it('shows a session again that was put away and is asked something', async () => {
    const session = await server.session('sim-echo');
    await server.call('PATCH', `/api/sessions/${session.session_id}`, { archived: true });
    await server.ask(session.session_id, 'back to work');
    expect(await list('search=back')).toEqual(['back to work']);
  });

  it('finds what was asked and answered, in Chinese too, and shows where', async () => {
    const session = await server.session('sim-echo');
    await server.call('PATCH', `/api/sessions/${session.session_id}`, { session_name: '一次排查' });
    await server.ask(session.session_id, `${'前面的话。'.repeat(20)}节点 7 的磁盘空间不足 100%_\\ 了`);
    for (const search of ['磁盘空间', '7 的磁盘', '100%_\\']) {
      const found = await server.call<SessionListDto>('GET', `/api/sessions?search=${encodeURIComponent(search)}`);
      expect(found.items).toHaveLength(1);
      expect(found.items[0]?.excerpt).toContain(search);
      expect(found.items[0]?.excerpt?.length).toBeLessThanOrEqual(100);
    }
    expect((await server.call<SessionListDto>('GET', '/api/sessions?search=一次')).items[0]?.excerpt).toBeNull();
    expect(await list(`search=${encodeURIComponent('100%x')}`)).toEqual([]);
  });

  it('takes a deleted session back with everything in it', async () => {
    const session = await server.session('sim-echo');
    const path = `/api/sessions/${session.session_id}`;
    await server.ask(session.session_id, 'to be kept');
    await server.call('DELETE', path, undefined, 204);
    expect((await server.fetch('GET', path)).status).toBe(404);
    expect(await server.call<SessionDto>('POST', `${path}/restore`, undefined, 200)).toMatchObject({
      session_name: 'to be kept',
    });
    expect((await server.messages(session.session_id)).total).toBe(1);
    expect((await server.fetch('POST', `${path}/restore`)).status).toBe(404);
    expect((await server.fetch('POST', `/api/sessions/${NOBODY}/restore`)).status).toBe(404);
  });

  it('keeps one opinion of an answer, until it is taken back', async () => {
    const session = await server.session('sim-echo');
    await server.ask(session.session_id, 'rate me');
    const read = async () => (await server.messages(session.session_id)).items[0];
    const path = `/api/messages/${(await read()).message_id}/feedback`;
    expect((await read()).feedback).toBeNull();
    await server.call('PUT', path, { rating: 'like' }, 204);
    await server.call('PUT', path, { rating: 'dislike', content: '答非所问' }, 204);
    expect((await read()).feedback).toEqual({ rating: 'dislike', content: '答非所问' });
    await server.call('DELETE', path, undefined, 204);
    expect((await read()).feedback).toBeNull();
    expect((await server.fetch('PUT', path, { rating: 'fine' })).status).toBe(400);
    expect((await server.fetch('PUT', `/api/messages/${NOBODY}/feedback`, { rating: 'like' })).status).toBe(404);
  });

  it('says that a price is unknown rather than nothing', async () => {
    const session = await server.session('sim-echo');
    await server.ask(session.session_id, 'what does it cost');
    const { items } = await server.call<MessageListDto>('GET', `/api/sessions/${session.session_id}/messages`);
    expect(items[0]).toMatchObject({ total_price: null, currency: null });
  });
});
