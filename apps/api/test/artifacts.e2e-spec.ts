import type { ArtifactDto } from '@opsagent/contracts';
import { aUser } from './support/a-user.js';
import { AgentServer, type Asked } from './support/agent-server.js';

interface Excerpt {
  found: { artifact_id: string; bytes: number; lines: number; beginning: string; end: string };
}

describe('a result that is too big for a model', () => {
  let server: AgentServer;

  beforeAll(async () => {
    server = await AgentServer.start();
  });

  afterAll(() => server.close());

  /** A turn that looks at so many lines. */
  async function looked(big: number): Promise<{ asked: Asked; id: string; told: Excerpt['found'] }> {
    const asked = await server.ask({ calls: [{ name: 'look', arguments: { at: 'syslog', big } }] }, { text: 'Seen.' });
    await asked.ended;
    const [observation] = asked.observations as Excerpt[];
    if (!observation) throw new Error('Nothing was observed.');
    return { asked, id: observation.found.artifact_id, told: observation.found };
  }

  /** What the model reads of an artifact in a later turn of the same conversation. */
  async function read(sessionId: string, input: object): Promise<Record<string, unknown>> {
    const asked = await server.askIn(
      sessionId,
      { calls: [{ name: 'artifact_read', arguments: input }] },
      { text: 'Read.' },
    );
    await asked.ended;
    return asked.observations[0] as Record<string, unknown>;
  }

  it('is kept whole; the model reads its beginning, its end, and where the rest is', async () => {
    const { asked, id, told } = await looked(20_000);
    expect(told).toMatchObject({ lines: 20_000, artifact_id: id });
    expect(told.beginning).toMatch(/^line 1 of syslog\n/);
    expect(told.end).toMatch(/\nline 20000 of syslog$/);
    expect(asked.of('step_finished')).toMatchObject([{ artifact_id: id }]);
    expect(asked.of('step_finished')[0]?.observation.length).toBeLessThan(16_000);
    const { items } = await server.console.messages(asked.sessionId);
    expect(items[0]?.steps[0]).toMatchObject({ artifact_id: id });
  });

  it('can be read by lines, from both ends, and searched', async () => {
    const { asked, id } = await looked(20_000);
    const of = (input: object) => read(asked.sessionId, { artifact_id: id, ...input });
    expect(await of({ first_line: 15_000, lines: 2 })).toMatchObject({
      ...{ text: 'line 15000 of syslog\nline 15001 of syslog', next_line: 15_002, lines: 20_000 },
    });
    expect(await of({ first_line: -1 })).toMatchObject({ text: 'line 20000 of syslog' });
    expect(await of({ first_line: 20_001 })).toMatchObject({ status: 'no_data' });
    expect(await of({ mode: 'search', pattern: '^LINE 1999[89] ', ignore_case: true })).toMatchObject({
      ...{ count: 2, matches: [{ line: 19_998 }, { line: 19_999, text: 'line 19999 of syslog' }] },
    });
    expect(await of({ mode: 'count', pattern: '0 of' })).toEqual({ status: 'ok', count: 2_000 });
    expect(await of({ mode: 'count', pattern: '(' })).toMatchObject({ status: 'error' });
  });

  it('ends a search whose pattern would never end', async () => {
    const asked = await server.ask(
      { calls: [{ name: 'look', arguments: { text: `${'a'.repeat(40_000)}!` } }] },
      { text: 'Seen.' },
    );
    await asked.ended;
    const id = (asked.observations[0] as Excerpt).found.artifact_id;
    const started = Date.now();
    const told = await read(asked.sessionId, { artifact_id: id, mode: 'search', pattern: '^(a+)+$' });
    expect(told).toMatchObject({ status: 'error', message: expect.stringContaining('takes too long') });
    expect(Date.now() - started).toBeLessThan(20_000);
  }, 30_000);

  it('of 50 MB is answered, within the window of the model', async () => {
    const { asked, id } = await looked(2_000_000);
    expect(asked.text).toBe('Seen.');
    const found = await read(asked.sessionId, { artifact_id: id, mode: 'search', pattern: 'line 1999999 ' });
    expect(found).toMatchObject({ count: 1, matches: [{ line: 1_999_999 }] });
    const sizes = server.console.simulator.requests
      .ofModel('sim-script')
      .map(({ body }) => JSON.stringify(body).length);
    expect(Math.max(...sizes)).toBeLessThan(120_000);
  }, 60_000);

  it('belongs to its conversation: nobody else reads it, and it goes with it', async () => {
    const { asked, id } = await looked(20_000);
    const path = `/api/artifacts/${id}?first_line=3&lines=2`;
    expect(await server.console.call<ArtifactDto>('GET', path)).toMatchObject({
      ...{ text: 'line 3 of syslog\nline 4 of syslog', first_line: 3, next_line: 5, lines: 20_000, mime: 'text/plain' },
    });
    const { headers } = await aUser(server.console.app, 'admin');
    expect((await fetch(server.console.app.url + path, { headers })).status).toBe(404);
    const stranger = await server.console.session('sim-script');
    expect(await read(stranger.session_id, { artifact_id: id })).toMatchObject({ status: 'error' });
    await server.console.app.query('delete from user_sessions where id = $1', [asked.sessionId]);
    expect(await server.console.app.query('select from artifacts where id = $1', [id])).toEqual([]);
    expect(await server.console.app.query('select from artifact_chunks where artifact_id = $1', [id])).toEqual([]);
  });
});
