import 'reflect-metadata';
import { createApp } from './create-app.js';
import { readEnvironment } from './platform/config/read-environment.js';
import { StartError } from './platform/config/start-error.js';
import { StartupNotes } from './platform/config/startup-notes.js';
import { openDatabase } from './platform/database/open-database.js';
import { listen, ServerLife } from './server-life.js';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function start(life: ServerLife): Promise<void> {
  const environment = readEnvironment(process.env);
  const database = await openDatabase(environment, say);
  life.opened(() => database.close());
  const app = await createApp(environment, database);
  life.opened(() => app.close());
  await app.init();
  const address = await listen(app.getHttpServer(), environment.PORT, environment.HOST);
  say(`OpsAgent is ready: ${address}`);
  say(`Data: ${database.where}`);
  for (const note of app.get(StartupNotes).lines) say(note);
}

const life = new ServerLife();
life.endOnSignals();
try {
  await start(life);
} catch (error) {
  const text = error instanceof StartError ? error.message : ((error as Error).stack ?? String(error));
  process.stderr.write(`${text}\n`);
  await life.end();
  process.exit(1);
}
