import 'reflect-metadata';
import { createApp } from './create-app.js';
import { refuseOlderTables } from './migrations/refuse-older-tables.js';
import { readEnvironment } from './platform/config/read-environment.js';
import { StartError } from './platform/config/start-error.js';
import { StartupNotes } from './platform/config/startup-notes.js';
import { openDatabase } from './platform/database/open-database.js';
import { redacted } from './platform/logging/redacted.js';
import { listen, ServerLife } from './server-life.js';
import { StartLog } from './start-log.js';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function start(life: ServerLife, log: StartLog): Promise<void> {
  const environment = readEnvironment(process.env);
  const database = await openDatabase(environment, say);
  life.opened(() => database.close());
  await refuseOlderTables(database);
  const app = await createApp(environment, database, { log });
  life.opened(() => app.close());
  await app.init();
  const address = await listen(app.getHttpServer(), environment.PORT, environment.HOST);
  log.show();
  say(`OpsAgent is ready: ${address}`);
  say(`Data: ${database.where}`);
  const notes = app.get(StartupNotes);
  for (const note of notes.lines) say(note);
  for await (const note of notes.laterLines()) say(note);
}

const life = new ServerLife();
const log = new StartLog();
life.endOnSignals();
try {
  await start(life, log);
} catch (error) {
  if (!(error instanceof StartError)) log.show();
  const text = error instanceof StartError ? error.message : redacted((error as Error).stack ?? String(error));
  process.stderr.write(`${text}\n`);
  await life.end();
  process.exit(1);
}
