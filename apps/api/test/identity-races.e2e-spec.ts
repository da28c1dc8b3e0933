import type { InvitedUserDto, LlmConfigDto, SessionDto, UserListDto } from '@opsagent/contracts';
import { ConsoleServer, eventsIn, readEvents } from './support/console.js';
import { eventually } from './support/eventually.js';
import { startTestApp } from './support/test-app.js';

const EMAIL = 'new@example.org';
const [OLD, NEW] = ['the password of before', 'the password of after'];

describe('accounts among racing requests', () => {
  let server: ConsoleServer;

  beforeEach(async () => {
    server = await ConsoleServer.start();
  });

  afterEach(() => server.close());

  const send = (method: string, path: string, body?: object, headers: Record<string, string> = {}) =>
    fetch(server.app.url + path, {
      method,
      headers: { ...(body ? { 'content-type': 'application/json' } : {}), ...headers },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  const invite = (email = EMAIL, role = 'operator') =>
    server.call<InvitedUserDto>('POST', '/api/users', { email, role });
  const accept = (invitation: string, password = OLD) => send('POST', '/api/auth/invitation', { invitation, password });
  const login = (password: string) => send('POST', '/api/auth/login', { email: EMAIL, password });
  const cookieOf = (response: Response) => ({ cookie: response.headers.get('set-cookie')?.split(';')[0] ?? '' });
  const signedIn = async (): Promise<{ id: string; cookie: string }> => {
    const { id, invitation } = await invite();
    return { id, ...cookieOf(await accept(invitation)) };
  };
  const statuses = (answers: Response[]): number[] => answers.map(({ status }) => status).sort();

  it('give an invitation to one of those who accept it at once', async () => {
    const { invitation } = await invite();
    const answers = await Promise.all(Array.from({ length: 8 }, (_, at) => accept(invitation, `${OLD} ${at}`)));
    expect(statuses(answers)).toEqual([200, ...Array.from({ length: 7 }, () => 400)]);
    const { items } = await server.call<UserListDto>('GET', '/api/users');
    expect(items.find(({ email }) => email === EMAIL)?.sign_ins).toBe(1);
  });

  it('keep no sign-in by a password that was changed meanwhile', async () => {
    const { cookie } = await signedIn();
    // Some look at the password before it is changed and open their sign-in after it.
    const tries = Array.from({ length: 8 }, () => login(OLD));
    const changed = send('PUT', '/api/me/password', { current_password: OLD, password: NEW }, { cookie });
    expect((await changed).status).toBe(204);
    const opened = (await Promise.all(tries)).filter(({ status }) => status === 200);
    for (const answer of opened) expect((await send('GET', '/api/me', undefined, cookieOf(answer))).status).toBe(401);
    expect((await send('GET', '/api/me', undefined, { cookie })).status).toBe(200);
  });

  it('let one of many password changes from the same one through', async () => {
    const { cookie } = await signedIn();
    const change = (at: number) =>
      send('PUT', '/api/me/password', { current_password: OLD, password: `${NEW} ${at}` }, { cookie });
    const answers = await Promise.all(Array.from({ length: 6 }, (_, at) => change(at)));
    expect(statuses(answers)).toEqual([204, ...Array.from({ length: 5 }, () => 400)]);
    const winner = answers.findIndex(({ status }) => status === 204);
    expect((await login(`${NEW} ${winner}`)).status).toBe(200);
  });

  it('keep an administrator when two take the role from each other', async () => {
    const [one, two] = await Promise.all([invite('a@example.org', 'admin'), invite('b@example.org', 'admin')]);
    const [cookieOne, cookieTwo] = [cookieOf(await accept(one.invitation)), cookieOf(await accept(two.invitation))];
    const first = (await server.call<UserListDto>('GET', '/api/users')).items[1];
    await server.call('PATCH', `/api/users/${first?.id}`, { role: 'admin' });
    await server.app.query("update users set role = 'viewer' where id not in ($1, $2)", [one.id, two.id]);
    const answers = await Promise.all([
      send('PATCH', `/api/users/${two.id}`, { role: 'viewer' }, cookieOne),
      send('PATCH', `/api/users/${one.id}`, { role: 'viewer' }, cookieTwo),
    ]);
    // The slower one meets the last administrator, or is none any more.
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect([403, 409]).toContain(statuses(answers)[1]);
    const [row] = await server.app.query("select 1 from users where role = 'admin' and is_active");
    expect(row).toBeDefined();
  });

  describe('while an answer streams', () => {
    /** A user with an answer that never ends by itself, on its way. */
    const streaming = async () => {
      const user = await signedIn();
      const { llm_config_id } = await server.session('sim-stall-2');
      const body = { llm_config_id };
      const session = (await (await send('POST', '/api/sessions', body, user)).json()) as SessionDto;
      const response = await send('POST', `/api/sessions/${session.session_id}/messages`, { query: 'x' }, user);
      expect(response.status).toBe(200);
      const events = eventsIn(response);
      await events.next();
      return { user, events, configId: llm_config_id ?? '', session };
    };
    const cut = async (events: AsyncGenerator): Promise<boolean> => {
      try {
        while (!(await events.next()).done);
        return false;
      } catch {
        return true;
      }
    };

    it('cut it off when its reader is switched off, on every process', async () => {
      const { user, events } = await streaming();
      const other = await startTestApp({}, server.app.database);
      const answer = await fetch(`${other.url}/api/users/${user.id}`, {
        method: 'PATCH',
        headers: { ...other.admin.headers, 'content-type': 'application/json' },
        body: '{"is_active":false}',
      });
      expect(answer.status).toBe(200);
      expect(await cut(events)).toBe(true);
      await other.close();
    });

    it('cut it off when its reader signs out', async () => {
      const { user, events } = await streaming();
      expect((await send('POST', '/api/auth/logout', undefined, user)).status).toBe(204);
      expect(await cut(events)).toBe(true);
    });

    it('let it go on for those whose role alone was changed', async () => {
      const { user, events, session } = await streaming();
      await server.call('PATCH', `/api/users/${user.id}`, { role: 'approver' });
      await send('DELETE', `/api/sessions/${session.session_id}`, undefined, user);
      let last: unknown;
      for await (const event of events) last = event;
      expect(last).toMatchObject({ type: 'turn_finished', status: 'stopped' });
    });

    it('end it in order when its configuration or its session is deleted', async () => {
      const { session_id, llm_config_id } = await server.session('sim-slow-30');
      const response = await server.open(session_id, 'x');
      await server.call('DELETE', `/api/llm-configs/${llm_config_id}?force=true`, undefined, 204);
      expect((await readEvents(response)).at(-1)).toMatchObject({ type: 'turn_finished', status: 'finished' });
      const again = await server.session('sim-slow-30');
      const both = await server.open(again.session_id, 'x');
      const gone = await Promise.all([
        server.fetch('DELETE', `/api/sessions/${again.session_id}`),
        server.fetch('DELETE', `/api/sessions/${again.session_id}`),
        server.fetch('DELETE', `/api/llm-configs/${again.llm_config_id}?force=true`),
      ]);
      expect(gone.filter(({ status }) => ![204, 404].includes(status))).toEqual([]);
      expect((await readEvents(both)).at(-1)).toMatchObject({ type: 'turn_finished' });
      await eventually(async () => (await server.fetch('GET', `/api/sessions/${again.session_id}`)).status === 404);
    });
  });

  it('have one default at every moment of a thousand racing switches', async () => {
    const made = await Promise.all(Array.from({ length: 4 }, () => server.session('sim-text-2')));
    const ids = made.map(({ llm_config_id }) => llm_config_id ?? '');
    const counts: number[] = [];
    let left = 1_000;
    const switchSome = async (): Promise<void> => {
      while (left > 0) {
        left -= 1;
        const answer = await server.fetch('POST', `/api/llm-configs/${ids[left % ids.length]}/set-default`);
        if (answer.status !== 200) throw new Error(`It answered ${answer.status}`);
        await answer.arrayBuffer();
      }
    };
    const watch = async (): Promise<void> => {
      while (left > 0) {
        const list = await server.call<LlmConfigDto[]>('GET', '/api/llm-configs?is_embedding=false');
        counts.push(list.filter(({ is_default }) => is_default).length);
      }
    };
    await Promise.all([...Array.from({ length: 64 }, switchSome), watch()]);
    expect([...new Set(counts)]).toEqual([1]);
    const [row] = await server.app.query<{ n: number }>('select count(*)::int n from llm_configs where is_default');
    expect(row?.n).toBe(1);
  }, 60_000);
});
