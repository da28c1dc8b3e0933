import type { ApprovalDto, AuditListDto, ChatEvent } from '@opsagent/contracts';
import { RunKeeper } from '../src/session/run-keeper.js';
import { AgentServer, Deeds } from './support/agent-server.js';
import { eventsIn, readEvents } from './support/console.js';
import { eventually } from './support/eventually.js';
import type { TestApp } from './support/test-app.js';

const restart = (service: string, more: object = {}) => ({ name: 'restart_service', arguments: { service, ...more } });
const look = (at: string) => ({ name: 'look', arguments: { at } });

/** What a killed process leaves: a lease that nobody renews, and here a name that is nobody's. */
const kill = (app: TestApp): Promise<unknown> =>
  app.query(`update runs set process_id = gen_random_uuid(), lease_until = now() - interval '1 second'`);

describe('an answer that waits for an approval', () => {
  let server: AgentServer;
  let elsewhere: Deeds;
  let other: TestApp;

  beforeEach(async () => {
    server = await AgentServer.start();
    elsewhere = new Deeds();
    other = await server.another(elsewhere);
  });

  afterEach(async () => {
    await other.close();
    await server.close();
  });

  const eventsAt = (app: TestApp, runId: string, after = 0) =>
    fetch(`${app.url}/api/runs/${runId}/events`, {
      headers: { ...app.admin.headers, 'last-event-id': String(after) },
    });

  it('is decided on another process than its own', async () => {
    const asked = await server.ask({ calls: [restart('there')] }, { text: 'Done.' });
    const [approval] = (await server.pendingIn(asked.sessionId)) as [ApprovalDto];
    expect((await server.decide(approval, 'approve', {}, other.url)).status).toBe(200);
    await asked.ended;
    expect([server.deeds.done, elsewhere.done]).toEqual([['there'], []]);
    expect(asked.text).toBe('Done.');
  });

  it('is decided by exactly one of two processes', async () => {
    const asked = await server.ask({ calls: [restart('once')] }, { text: 'Done.' });
    const [approval] = (await server.pendingIn(asked.sessionId)) as [ApprovalDto];
    const urls = [server.console.app.url, other.url, server.console.app.url, other.url];
    const answers = await Promise.all(urls.map((url) => server.decide(approval, 'approve', {}, url)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    await asked.ended;
    expect(server.deeds.done).toEqual(['once']);
  });

  it('goes on elsewhere when its process was killed: what had ended is not run again, what is approved runs once', async () => {
    const asked = await server.ask(
      { text: 'First a look. ', reasoning: 'Hm.', calls: [look('one')] },
      { text: 'Now both. ', calls: [look('two'), restart('here')] },
      { text: 'All done.' },
    );
    const [approval] = (await server.pendingIn(asked.sessionId)) as [ApprovalDto];
    await eventually(async () => {
      const steps = (await server.console.messages(asked.sessionId)).items[0]?.steps ?? [];
      return steps.filter(({ state }) => state === 'succeeded').length === 2;
    });
    await kill(server.console.app);
    await other.app.get(RunKeeper).keep();
    expect((await server.decide(approval, 'approve', {}, other.url)).status).toBe(200);

    const told = await readEvents(await eventsAt(other, approval.run_id));
    expect(told.map(({ seq }) => seq)).toEqual(told.map((_, index) => index + 1));
    expect(told.at(-1)).toMatchObject({ type: 'turn_finished', status: 'finished' });
    expect([server.deeds.done, elsewhere.done]).toEqual([['look one', 'look two'], ['here']]);

    const { items } = await server.console.messages(asked.sessionId);
    expect(items[0]).toMatchObject({ status: 'finished', answer: 'First a look. Now both. All done.' });
    expect(items[0]?.steps.map(({ tool, state }) => [tool, state])).toEqual([
      ['look', 'succeeded'],
      ['look', 'succeeded'],
      ['restart_service', 'succeeded'],
    ]);
    const [, , third] = server.console.simulator.requests.ofModel('sim-script');
    expect((third?.body as { messages: { role: string }[] }).messages.map(({ role }) => role)).toEqual([
      ...['system', 'user', 'assistant', 'tool', 'assistant', 'tool', 'tool'],
    ]);
    // The one that had lost it lets go of it.
    await asked.ended;
    expect(asked.events.at(-1)?.type).toBe('turn_finished');
  }, 30_000);

  it('goes on once where the process that had lost it gets it back', async () => {
    const asked = await server.ask({ calls: [restart('back')] }, { text: 'Done.' });
    const [approval] = (await server.pendingIn(asked.sessionId)) as [ApprovalDto];
    await kill(server.console.app);
    await server.console.app.app.get(RunKeeper).keep();
    expect((await server.decide(approval, 'approve')).status).toBe(200);
    const told = await readEvents(await eventsAt(server.console.app, approval.run_id));
    expect(told.at(-1)).toMatchObject({ type: 'turn_finished', status: 'finished' });
    expect(server.deeds.done).toEqual(['back']);
    const path = `/api/approvals/${approval.id}`;
    expect(await server.console.call('GET', path)).toMatchObject({ outcome: 'finished' });
    // Who followed from the beginning is told to the end.
    await asked.ended;
    expect(asked.events).toEqual(told);
  }, 30_000);

  it('goes on elsewhere when its process is stopped in an orderly way, and its followers miss nothing', async () => {
    const asked = await server.ask({ text: 'Wait. ', calls: [restart('later')] }, { text: 'Done.' });
    const [approval] = (await server.pendingIn(asked.sessionId)) as [ApprovalDto];
    await eventually(() => asked.of('approval_requested').length > 0);
    const following: ChatEvent[] = [];
    const follower = (async () => {
      for await (const event of eventsIn(await eventsAt(other, approval.run_id))) following.push(event);
    })();
    await server.console.app.app.close();
    expect(asked.of('turn_failed')).toEqual([]);
    await other.app.get(RunKeeper).keep();
    expect((await server.decide(approval, 'approve', {}, other.url)).status).toBe(200);
    await follower;
    expect(following.map(({ seq }) => seq)).toEqual(following.map((_, index) => index + 1));
    expect(following.slice(0, asked.events.length)).toEqual(asked.events);
    expect(following.at(-1)).toMatchObject({ type: 'turn_finished', status: 'finished' });
    expect([server.deeds.done, elsewhere.done]).toEqual([[], ['later']]);
  }, 30_000);

  it('is not repeated when its process was killed in the middle: the outcome is unknown until somebody has looked', async () => {
    const asked = await server.ask({ calls: [restart('half', { hangs: true })] }, { text: 'Done.' });
    const [approval] = (await server.pendingIn(asked.sessionId)) as [ApprovalDto];
    await server.decide(approval, 'approve');
    await eventually(() => server.deeds.done.includes('half'));
    await kill(server.console.app);
    await other.app.get(RunKeeper).keep();

    const told = await readEvents(await eventsAt(other, approval.run_id));
    expect(told.at(-1)).toMatchObject({
      ...{ type: 'turn_failed', kind: 'interrupted' },
      detail: expect.stringContaining('systemctl restart half'),
    });
    const { items } = await server.console.messages(asked.sessionId);
    expect(items[0]).toMatchObject({ status: 'failed', steps: [{ state: 'unknown' }] });
    expect(elsewhere.done).toEqual([]);

    const unknown = await server.approvals('state=unknown_outcome');
    expect(unknown.items).toMatchObject([{ id: approval.id, outcome: 'unknown' }]);
    const path = `/api/approvals/${approval.id}/acknowledge`;
    await server.console.call('POST', path, { note: 'It was restarted.' }, 200);
    await server.console.call('POST', path, { note: 'again' }, 409);
    expect((await server.approvals('state=unknown_outcome')).total).toBe(0);
    const log = await server.console.call<AuditListDto>('GET', `/api/audit?target_id=${approval.id}`);
    expect(log.items[0]).toMatchObject({ action: 'approval.acknowledge', after: { note: 'It was restarted.' } });
    server.deeds.release();
    await asked.ended;
    expect(server.deeds.done).toEqual(['half']);
  }, 30_000);
});
