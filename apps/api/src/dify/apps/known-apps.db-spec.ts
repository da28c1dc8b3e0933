import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { connectTo, createTestDatabase, type TestDatabase } from '../../../test/support/test-database.js';
import { SystemClock } from '../../platform/clock/system-clock.js';
import { Environment } from '../../platform/config/environment.js';
import { Database } from '../../platform/database/database.js';
import { Settings } from '../../platform/database/settings.js';
import { Signals } from '../../platform/database/signals.js';
import { appKeyHash, newAppKey } from './app-key-text.js';
import { AppRepository } from './app.repository.js';
import { FirstApp } from './first-app.js';
import { KnownApps } from './known-apps.js';

/** What one process of the server knows of the apps. */
class Process {
  private constructor(
    private readonly dataSource: DataSource,
    private readonly signals: Signals,
    readonly apps: AppRepository,
    readonly first: FirstApp,
    readonly known: KnownApps,
  ) {}

  static async start(on: TestDatabase, settings: Partial<Environment> = {}): Promise<Process> {
    const dataSource = await connectTo(on.open);
    const database = new Database(dataSource);
    const [apps, clock, signals] = [new AppRepository(database), new SystemClock(), new Signals(on.open.options)];
    const environment = Object.assign(new Environment(), settings);
    const first = new FirstApp(apps, new Settings(database), database, clock, environment);
    const known = new KnownApps(apps, first, signals, clock, environment);
    known.onModuleInit();
    await Promise.all([first.onModuleInit(), signals.onApplicationBootstrap()]);
    return new Process(dataSource, signals, apps, first, known);
  }

  async end(): Promise<void> {
    await this.signals.onApplicationShutdown();
    await this.dataSource.destroy();
  }

  async addKey(): Promise<{ key: string; keyId: string; appId: string }> {
    const { id: appId } = await this.first.get();
    const [key, keyId] = [newAppKey(), randomUUID()];
    await this.apps.addKey({
      ...{ id: keyId, appId, name: 'x', keyHash: Buffer.from(appKeyHash(key), 'hex'), lastFour: key.slice(-4) },
      ...{ createdAt: new Date(), lastUsedAt: null, expiresAt: null, revokedAt: null },
    });
    return { key, keyId, appId };
  }
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 5_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('Not so within five seconds');
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('the apps a process knows', () => {
  let database: TestDatabase;
  let processes: Process[];

  beforeAll(async () => {
    database = await createTestDatabase();
    processes = await Promise.all(Array.from({ length: 4 }, () => Process.start(database)));
  });

  afterAll(async () => {
    for (const process of processes) await process.end();
    await database.drop();
  });

  it('are one app, however many processes start at once', async () => {
    const apps = await Promise.all(processes.map(async ({ first }) => first.get()));
    expect(new Set(apps.map(({ id }) => id)).size).toBe(1);
    expect((await processes[0].apps.oldestFirst({ skip: 0, limit: 10 }))[1]).toBe(1);
  });

  it('are found by their keys, the second time without a look into the database', async () => {
    const { key, appId } = await processes[0].addKey();
    const { known } = processes[1];
    const first = known.byKey(key);
    expect(first).toBeInstanceOf(Promise);
    expect((await first)?.id).toBe(appId);
    expect(known.byKey(key)).toMatchObject({ id: appId });
    expect(await known.byKey(newAppKey())).toBeNull();
  });

  it('are forgotten everywhere when a key is revoked', async () => {
    const [here, there] = processes as [Process, Process];
    const { key, keyId, appId } = await here.addKey();
    expect(await there.known.byKey(key)).not.toBeNull();
    await here.apps.revokeKey(appId, keyId, new Date());
    await here.known.forgetEverywhere();
    expect(await here.known.byKey(key)).toBeNull();
    await until(async () => (await there.known.byKey(key)) === null);
  });

  it('note the use of a key behind the answer', async () => {
    const { key, keyId, appId } = await processes[0].addKey();
    await processes[0].known.byKey(key);
    await until(async () => {
      const [keys] = await processes[1].apps.keysNewestFirst(appId, { skip: 0, limit: 100 });
      return keys.find(({ id }) => id === keyId)?.lastUsedAt instanceof Date;
    });
  });

  it('accept the key of the environment for as long as it is set', async () => {
    const key = newAppKey();
    const keyed = await Process.start(database, { OPSAGENT_APP_KEY: key });
    processes.push(keyed);
    expect(await keyed.known.byKey(key)).toMatchObject({ id: (await keyed.first.get()).id });
    expect(await processes[0].known.byKey(key)).toBeNull();
  });
});
