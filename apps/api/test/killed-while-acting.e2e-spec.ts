import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { ApprovalDto } from '@opsagent/contracts';
import { startSimulator } from '../../../tools/provider-simulator/simulator.ts';
import { Runs } from '../src/session/runs.js';
import { RunKeeper } from '../src/session/run-keeper.js';
import type { Asked, ScriptedAnswer } from './support/agent-server.js';
import { ConsoleServer } from './support/console.js';
import { eventually } from './support/eventually.js';
import { addressOf, AgentUser, crash, HeldRun, NotedDeed, told } from './support/killed-servers.js';
import { ServerProcess } from './support/server-process.js';
import { ADMIN } from './support/test-app.js';

const ROUNDS = 2;
const RUNS_AT_ONCE = 12;
const DEADLOCK = '40P01';
const LOOK = { name: 'host_inspect', arguments: { section: 'limits' } };
const SIGN_IN = {
  OPSAGENT_ADMIN_EMAIL: ADMIN.email,
  OPSAGENT_ADMIN_PASSWORD: ADMIN.password,
  OPSAGENT_ADMIN_TOKEN: ADMIN.token,
};

describe('a server that is killed while its agent acts', () => {
  let survivor: ConsoleServer;
  let user: AgentUser;
  let folder: string;
  let configId: string;
  const doomed: ServerProcess[] = [];
  const held: HeldRun[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'opsagent-killed-'));
    survivor = await ConsoleServer.start({ OPSAGENT_LOCAL_COMMANDS: 'on' });
    user = new AgentUser(survivor.app.url);
    configId = await user.config(survivor.simulator.url);
    for (let count = 0; count < ROUNDS + 2; count += 1) doomed.push(spawn());
    await Promise.all(doomed.map((server) => server.ready()));
  }, 120_000);

  afterEach(() => letGo());

  afterAll(async () => {
    for (const server of doomed) server.signal('SIGKILL');
    await Promise.all(doomed.map((server) => server.ended()));
    await survivor.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function spawn(): ServerProcess {
    const { database } = survivor.app;
    return ServerProcess.spawn({
      ...{ PORT: '0', DATABASE_URL: addressOf(database), OPSAGENT_DATA_DIR: database.open.dataDir, ...SIGN_IN },
      ...{ OPSAGENT_OUTBOUND_ALLOW: `127.0.0.1:${survivor.simulator.port}`, OPSAGENT_LOCAL_COMMANDS: 'on' },
    });
  }

  const deed = (name: string, seconds = 0): NotedDeed => new NotedDeed(folder, name, seconds);
  const approved = async (one: ApprovalDto, by = user): Promise<void> =>
    expect((await by.decide(one, 'approve')).status).toBe(200);

  async function hold({ run_id: runId }: ApprovalDto): Promise<HeldRun> {
    const run = await HeldRun.hold(survivor.app.database, runId);
    held.push(run);
    return run;
  }

  async function letGo(): Promise<void> {
    for (const run of held.splice(0)) await run.letGo();
  }

  /** What happens by itself once the leases of the dead are over. */
  async function takeOver(): Promise<void> {
    const { processId } = survivor.app.app.get(Runs);
    const lapse = `update runs set lease_until = now() - interval '1 second' where process_id <> $1 and ended_at is null`;
    // Those that live look after leases too, perhaps in another order.
    await eventually(() =>
      survivor.app.query(lapse, [processId]).then(
        () => true,
        (error: { code?: string }) => {
          if (error.code !== DEADLOCK) throw error;
          return false;
        },
      ),
    );
    await survivor.app.app.get(RunKeeper).keep();
  }

  /** Not in the middle of a transaction, which would hold up whoever wants to go on. */
  async function putToSleep(server: ServerProcess): Promise<void> {
    const busy = `select from pg_stat_activity where datname = current_database() and xact_start is not null and pid <> pg_backend_pid()`;
    await eventually(async () => {
      server.signal('SIGSTOP');
      await pause(50);
      if ((await survivor.app.query(busy)).length === 0) return true;
      server.signal('SIGCONT');
      await pause(50);
      return false;
    });
  }

  /** A strict model server takes the conversation that the turn has left. */
  async function canBeAskedAgain(sessionId: string): Promise<void> {
    const next = await user.askIn(sessionId, { text: 'Fine.' });
    await next.ended;
    expect([next.text, next.events.at(-1)?.type]).toEqual(['Fine.', 'turn_finished']);
  }

  it('leaves every action done once at the most, whatever it was at', async () => {
    const [server] = doomed as [ServerProcess];
    const there = new AgentUser(await server.ready());
    const ask = (...answers: ScriptedAnswer[]): Promise<Asked> => there.ask(configId, ...answers);

    const waits = {
      deed: await deed('waits').mayEnd(),
      asked: await ask({ calls: [deed('waits').call] }, { text: 'Done.' }),
    };
    const [stillOpen] = (await there.pendingIn(waits.asked.sessionId)) as [ApprovalDto];

    const decided = {
      deed: await deed('decided').mayEnd(),
      asked: await ask({ calls: [deed('decided').call] }, { text: 'Done.' }),
    };
    const [toBegin] = (await there.pendingIn(decided.asked.sessionId)) as [ApprovalDto];
    const beforeJournal = await hold(toBegin);
    await approved(toBegin);
    await beforeJournal.isWaitedFor();

    const acts = { deed: deed('acts'), asked: await ask({ calls: [deed('acts').call] }, { text: 'Done.' }) };
    const [toAct] = (await there.pendingIn(acts.asked.sessionId)) as [ApprovalDto];
    await approved(toAct);
    await eventually(async () => (await acts.deed.noted()).begun === 1);

    const acted = { deed: deed('acted'), asked: await ask({ calls: [LOOK, deed('acted').call] }, { text: 'Done.' }) };
    const [toNote] = (await there.pendingIn(acted.asked.sessionId)) as [ApprovalDto];
    await approved(toNote);
    await eventually(async () => (await acted.deed.noted()).begun === 1);
    const beforeNote = await hold(toNote);
    await acted.deed.mayEnd();
    await beforeNote.isWaitedFor();

    const speaks = {
      deed: await deed('speaks').mayEnd(),
      asked: await ask(
        { calls: [deed('speaks').call] },
        { text: 'One word after the other. '.repeat(40), gap_ms: 200 },
      ),
    };
    const [toSpeak] = (await there.pendingIn(speaks.asked.sessionId)) as [ApprovalDto];
    await approved(toSpeak);
    await told(speaks.asked, 'text', 3);

    const half = { deed: await deed('half').mayEnd(), other: await deed('other').mayEnd() };
    const halfAsked = await ask({ calls: [half.deed.call, LOOK, half.other.call] }, { text: 'Both done.' });
    const ofHalf = await there.pendingIn(halfAsked.sessionId, 2);
    await approved(ofHalf.find(({ summary }) => summary.includes('/half ')) as ApprovalDto);
    await told(halfAsked, 'step_finished', 2);

    await crash(server);
    await letGo();
    await takeOver();

    // What waited waits on, and is done when somebody allows it.
    expect((await user.pendingIn(waits.asked.sessionId)).map(({ id }) => id)).toEqual([stillOpen.id]);
    await approved(stillOpen);
    const [open] = (await user.pendingIn(halfAsked.sessionId)) as [ApprovalDto];
    await approved(open);
    for (const { asked } of [waits, decided, acted]) {
      expect(await user.ended(asked.sessionId)).toMatchObject({ status: 'finished', answer: 'Done.' });
    }
    expect(await user.ended(halfAsked.sessionId)).toMatchObject({ status: 'finished', answer: 'Both done.' });
    for (const one of [waits.deed, decided.deed, acted.deed, half.deed, half.other]) {
      expect([one.name, await one.noted()]).toEqual([one.name, { begun: 1, ended: 1 }]);
    }

    // What was under way is a person's to look at.
    await acts.deed.mayEnd();
    expect(await user.ended(acts.asked.sessionId)).toMatchObject({
      ...{ status: 'failed', error: { kind: 'interrupted' }, steps: [{ state: 'unknown' }] },
    });
    expect(await user.approvalsOf(acts.asked.sessionId)).toMatchObject([{ outcome: 'unknown' }]);
    await eventually(async () => (await acts.deed.noted()).ended === 1);
    expect((await acts.deed.noted()).begun).toBe(1);

    const cutOff = await user.ended(speaks.asked.sessionId);
    expect(cutOff).toMatchObject({ status: 'failed', error: { kind: 'interrupted' }, steps: [{ state: 'succeeded' }] });
    expect(await user.approvalsOf(speaks.asked.sessionId)).toMatchObject([{ outcome: 'finished' }]);
    expect((await speaks.deed.noted()).begun).toBe(1);

    for (const asked of [waits, decided, acts, acted, speaks].map((one) => one.asked))
      await canBeAskedAgain(asked.sessionId);
    await canBeAskedAgain(halfAsked.sessionId);
  }, 90_000);

  it('does nothing any more when it was only asleep and another has gone on', async () => {
    const server = doomed[1];
    const there = new AgentUser(await server.ready());
    const one = await deed('asleep').mayEnd();
    const asked = await there.ask(configId, { calls: [one.call] }, { text: 'Done.' });
    const [approval] = (await there.pendingIn(asked.sessionId)) as [ApprovalDto];
    await putToSleep(server);
    await takeOver();
    await approved(approval);
    expect(await user.ended(asked.sessionId)).toMatchObject({ status: 'finished', answer: 'Done.' });
    server.signal('SIGCONT');
    // It has looked for decisions, and has tried to go on, by the time it answers a question of its own.
    const next = await there.askIn(asked.sessionId, { text: 'Fine.' });
    await next.ended;
    await asked.ended;
    expect(next.text).toBe('Fine.');
    expect(await one.noted()).toEqual({ begun: 1, ended: 1 });
    expect(await user.ended(asked.sessionId)).toMatchObject({ status: 'finished' });
  }, 60_000);

  it('leaves every action done once at the most, at whatever moment', async () => {
    for (const [round, server] of doomed.slice(2).entries()) {
      const there = new AgentUser(await server.ready());
      const runs = await Promise.all(
        Array.from({ length: RUNS_AT_ONCE }, (_, index) => begin(there, `${round}-${index}`)),
      );
      await pause(random() * 900);
      await crash(server);
      await Promise.all(runs.map(({ going }) => going));
      await takeOver();
      for (const { asked, deeds } of runs) {
        await decideAll(asked.sessionId);
        const { status, answer, error } = await user.ended(asked.sessionId);
        if (status === 'finished') expect(answer).toBe('First. All done.');
        else expect([status, error?.kind]).toEqual(['failed', 'interrupted']);
        const unknown = (await user.approvalsOf(asked.sessionId)).filter(({ outcome }) => outcome === 'unknown');
        for (const one of deeds) {
          const { begun } = await one.noted();
          expect([one.name, begun <= 1]).toEqual([one.name, true]);
          // Told as done only if it was.
          if (status === 'finished') expect([one.name, begun]).toEqual([one.name, 1]);
        }
        expect(unknown.length).toBeLessThanOrEqual(1);
        if (unknown.length > 0) expect(status).toBe('failed');
        await canBeAskedAgain(asked.sessionId);
      }
      expect((await survivor.app.query(`select from approvals where outcome = 'started'`)).length).toBe(0);
      expect((await survivor.app.query('select from runs where ended_at is null')).length).toBe(0);
    }
  }, 120_000);

  /** A turn with two actions, that is at some other point than the next one. */
  async function begin(there: AgentUser, name: string) {
    const deeds = [
      await deed(`${name}-a`, random() / 2).mayEnd(),
      await deed(`${name}-b`, random() / 2).mayEnd(),
    ] as const;
    await pause(random() * 600);
    const asked = await there.ask(
      configId,
      { text: 'First. ', calls: [LOOK, deeds[0].call] },
      { calls: [deeds[1].call] },
      { text: 'All done.' },
    );
    const decide = async (): Promise<void> => {
      for (;;) {
        for (const one of await there.approvalsOf(asked.sessionId)) {
          if (one.state === 'pending') await there.decide(one, 'approve');
        }
        await pause(20);
      }
    };
    // Until the server is gone.
    return { asked, deeds, going: decide().catch(() => undefined) };
  }

  async function decideAll(sessionId: string): Promise<void> {
    const deadline = Date.now() + 20_000;
    for (;;) {
      for (const one of await user.approvalsOf(sessionId)) {
        if (one.state === 'pending') await approved(one);
      }
      const { items } = await survivor.messages(sessionId);
      if (items.at(-1)?.status !== 'running') return;
      if (Date.now() > deadline) throw new Error('The turn has no end.');
      await pause(20);
    }
  }
});

describe('a server with a database of its own that is killed while its agent acts', () => {
  it('goes on by itself when it is started again', async () => {
    const [folder, dataDir] = ['notes', 'data'].map((name) =>
      mkdtempSync(join(tmpdir(), `opsagent-killed-${name}-`)),
    ) as [string, string];
    const simulator = await startSimulator();
    const started: ServerProcess[] = [];
    const start = async (): Promise<AgentUser> => {
      const server = ServerProcess.spawn({
        ...{ PORT: '0', OPSAGENT_DATA_DIR: dataDir, OPSAGENT_LOCAL_COMMANDS: 'on', ...SIGN_IN },
        OPSAGENT_OUTBOUND_ALLOW: `127.0.0.1:${simulator.port}`,
      });
      started.push(server);
      return new AgentUser(await server.ready());
    };
    try {
      const first = await start();
      const configId = await first.config(simulator.url);
      const [waits, acts] = [await new NotedDeed(folder, 'waits').mayEnd(), new NotedDeed(folder, 'acts')];
      const open = await first.ask(configId, { calls: [waits.call] }, { text: 'Done.' });
      const lost = await first.ask(configId, { calls: [acts.call] }, { text: 'Done.' });
      const [approval] = (await first.pendingIn(open.sessionId)) as [ApprovalDto];
      await first.decide((await first.pendingIn(lost.sessionId))[0], 'approve');
      await eventually(async () => (await acts.noted()).begun === 1);
      await crash(started[0]);

      const second = await start();
      expect(await second.ended(lost.sessionId)).toMatchObject({ status: 'failed', error: { kind: 'interrupted' } });
      expect(await second.approvalsOf(lost.sessionId)).toMatchObject([{ outcome: 'unknown' }]);
      expect((await second.decide(approval, 'approve')).status).toBe(200);
      expect(await second.ended(open.sessionId)).toMatchObject({ status: 'finished', answer: 'Done.' });
      await acts.mayEnd();
      await eventually(async () => (await acts.noted()).ended === 1);
      expect([await waits.noted(), await acts.noted()]).toEqual([
        { begun: 1, ended: 1 },
        { begun: 1, ended: 1 },
      ]);
    } finally {
      for (const server of started) await server.kill();
      await simulator.close();
      for (const one of [folder, dataDir]) rmSync(one, { recursive: true, force: true });
    }
  }, 120_000);
});

let seed = 7;
/** The same numbers in every run: 0 to 1. */
function random(): number {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  return seed / 2_147_483_648;
}
