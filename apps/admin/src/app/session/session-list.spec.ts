import { HttpBackend, provideHttpClient } from '@angular/common/http';
import { TestBed } from '@angular/core/testing';
import { SessionList } from './session-list.js';
import { aSession, TestServer } from './test-server.js';

const one = aSession();
const two = aSession({ session_id: 'session-2', session_name: 'two' });

function listOf(server: TestServer): SessionList {
  TestBed.configureTestingModule({ providers: [provideHttpClient(), { provide: HttpBackend, useValue: server }] });
  return TestBed.inject(SessionList);
}

const names = (list: SessionList) => list.sessions()?.map(({ session_name }) => session_name);

describe('SessionList', () => {
  it('reads the sessions and how many there are', async () => {
    const list = listOf(new TestServer().on('GET /api/sessions', () => ({ items: [one, two], total: 7 })));
    expect(list.sessions()).toBeNull();
    await list.load();
    expect(names(list)).toEqual(['one', 'two']);
    expect(list.total()).toBe(7);
  });

  it('keeps what is shown when a later reading fails', async () => {
    const server = new TestServer().on('GET /api/sessions', () => ({ items: [one], total: 1 }));
    const list = listOf(server);
    await list.load();
    server.on('GET /api/sessions', () => {
      throw new Error('down');
    });
    await list.load();
    expect(names(list)).toEqual(['one']);
    expect(list.problem()).not.toBeNull();
  });

  it('sends what is searched for', async () => {
    const searched: (string | null)[] = [];
    const list = listOf(
      new TestServer().on('GET /api/sessions', ({ params }) => {
        searched.push(params.get('search'));
        return { items: [], total: 0 };
      }),
    );
    await list.load();
    await list.searchFor('disk');
    expect(searched).toEqual([null, 'disk']);
  });

  it('takes a new name back when the server refuses it', async () => {
    const list = listOf(new TestServer().on('GET /api/sessions', () => ({ items: [one], total: 1 })));
    await list.load();
    const renaming = list.rename(one, 'other');
    expect(names(list)).toEqual(['other']);
    await expect(renaming).rejects.toMatchObject({ status: 404 });
    expect(names(list)).toEqual(['one']);
  });
});
