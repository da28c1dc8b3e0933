import { HttpBackend, type HttpRequest, provideHttpClient } from '@angular/common/http';
import { TestBed } from '@angular/core/testing';
import { SessionList } from './session-list.js';
import { aSession, TestServer } from './test-server.js';

const one = aSession();
const two = aSession({ session_id: 'session-2', session_name: 'two' });

function listOf(server: TestServer): SessionList {
  TestBed.configureTestingModule({ providers: [provideHttpClient(), { provide: HttpBackend, useValue: server }] });
  return TestBed.inject(SessionList);
}

const NONE = { items: [], total: 0 };
const onlyOne = ({ params }: HttpRequest<unknown>) =>
  params.get('pinned') === 'true' ? NONE : { items: [one], total: 1 };

const names = (list: SessionList) => list.sessions()?.map(({ session_name }) => session_name);

describe('SessionList', () => {
  it('reads the sessions and how many there are', async () => {
    const list = listOf(
      new TestServer().on('GET /api/sessions', ({ params }) =>
        params.get('pinned') === 'true' ? NONE : { items: [one, two], total: 7 },
      ),
    );
    expect(list.sessions()).toBeNull();
    await list.load();
    expect(names(list)).toEqual(['one', 'two']);
    expect(list.hasMore()).toBe(true);
  });

  it('keeps what is shown when a later reading fails', async () => {
    const server = new TestServer().on('GET /api/sessions', onlyOne);
    const list = listOf(server);
    await list.load();
    server.on('GET /api/sessions', () => {
      throw new Error('down');
    });
    await list.load();
    expect(names(list)).toEqual(['one']);
    expect(list.problem()).not.toBeNull();
  });

  it('sends what is searched for, in all sessions', async () => {
    const asked: string[] = [];
    const list = listOf(
      new TestServer().on('GET /api/sessions', ({ params }) => {
        asked.push(params.toString());
        return { items: [], total: 0 };
      }),
    );
    await list.load();
    await list.searchFor('disk');
    expect(asked).toEqual(['limit=200&pinned=true', 'skip=0&limit=200&pinned=false', 'skip=0&limit=200&search=disk']);
  });

  it('shows the pinned ones first, and reads on where the others end', async () => {
    const pages = [
      { items: [one, two], total: 3 },
      { items: [two, aSession({ session_id: 'session-3', session_name: 'three' })], total: 3 },
    ];
    const list = listOf(
      new TestServer().on('GET /api/sessions', ({ params }) =>
        params.get('pinned') === 'true'
          ? { items: [aSession({ session_id: 'session-9', session_name: 'pinned' })], total: 1 }
          : pages[params.get('skip') === '0' ? 0 : 1],
      ),
    );
    await list.load();
    await list.more();
    expect(names(list)).toEqual(['pinned', 'one', 'two', 'three']);
    expect(list.hasMore()).toBe(false);
  });

  it('brings a session back that the server would not delete', async () => {
    const list = listOf(new TestServer().on('GET /api/sessions', onlyOne));
    await list.load();
    const deleting = list.delete(one);
    expect(names(list)).toEqual([]);
    await expect(deleting).rejects.toMatchObject({ status: 404 });
    expect(names(list)).toEqual(['one']);
  });

  it('takes a new name back when the server refuses it', async () => {
    const list = listOf(new TestServer().on('GET /api/sessions', onlyOne));
    await list.load();
    const renaming = list.rename(one, 'other');
    expect(names(list)).toEqual(['other']);
    await expect(renaming).rejects.toMatchObject({ status: 404 });
    expect(names(list)).toEqual(['one']);
  });
});
