import { HttpBackend, provideHttpClient } from '@angular/common/http';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { provideTransloco } from '@jsverse/transloco';
import { Toasts } from '../shared/ui/toasts.js';
import { SessionBulk } from './session-bulk.js';
import { SessionList } from './session-list.js';
import { SessionSelection } from './session-selection.js';
import { aSession, TestServer } from './test-server.js';

const SESSIONS = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => aSession({ session_id: id, session_name: id }));

/** Knows these sessions, a page of two at a time, and lets all but `refused` be changed. */
async function parts(refused: string) {
  const server = new TestServer().on('GET /api/sessions', ({ params }) => {
    const skip = Number(params.get('skip'));
    const items = params.get('pinned') === 'true' ? [] : SESSIONS.slice(skip, skip + 2);
    return { items, total: params.get('pinned') === 'true' ? 0 : SESSIONS.length };
  });
  for (const { session_id: id } of SESSIONS)
    if (id !== refused)
      server.on(`DELETE /api/sessions/${id}`, () => null).on(`POST /api/sessions/${id}/restore`, () => null);
  TestBed.configureTestingModule({
    providers: [
      provideHttpClient(),
      provideRouter([]),
      provideTransloco({
        config: { availableLangs: ['en'], defaultLang: 'en', missingHandler: { logMissingKey: false } },
      }),
      { provide: HttpBackend, useValue: server },
    ],
  });
  const [list, selection, bulk] = [
    TestBed.inject(SessionList),
    TestBed.inject(SessionSelection),
    TestBed.inject(SessionBulk),
  ];
  await list.load();
  return { server, list, selection, bulk };
}

describe('SessionSelection', () => {
  it('reaches from the last pressed session to this, and drops what is pressed twice', async () => {
    const { list, selection } = await parts('');
    await list.readAll();
    selection.press(SESSIONS[1], false);
    selection.press(SESSIONS[3], true);
    selection.press(SESSIONS[2], false);
    expect(selection.sessions().map(({ session_id }) => session_id)).toEqual(['b', 'd']);
  });

  it('selects everything that is found, also what was not read before', async () => {
    const { list, selection } = await parts('');
    expect(list.sessions()).toHaveLength(2);
    await selection.pressAll();
    expect(selection.sessions()).toHaveLength(6);
    expect(selection.isWhole()).toBe(true);
  });
});

describe('SessionBulk', () => {
  it('does it with all it can, and names the reason for each that failed', async () => {
    const { bulk } = await parts('c');
    const seen: number[] = [];
    const running = bulk.run('delete', SESSIONS);
    await Promise.resolve();
    seen.push(bulk.work()?.total ?? 0);
    await running;
    expect(seen).toEqual([6]);
    expect(bulk.work()).toBeNull();
    expect(bulk.failures().map(({ session, problem }) => [session.session_id, problem.status])).toEqual([['c', 404]]);
  });

  it('takes back together what succeeded together', async () => {
    const { bulk, server } = await parts('c');
    await bulk.run('delete', SESSIONS);
    const toasts = TestBed.inject(Toasts);
    expect(toasts.undo()).toBe(true);
    await bulk.run('delete', []);
    const restored = server.asked.filter((call) => call.endsWith('/restore'));
    expect(restored).toEqual(['a', 'b', 'd', 'e', 'f'].map((id) => `POST /api/sessions/${id}/restore`));
  });
});
