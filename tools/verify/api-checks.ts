import { Client, untilSome } from './client.ts';
import { type Frame, readStream } from './event-stream.ts';
import type { Report } from './report.ts';

const QUESTION = 'OpsAgent verify: please answer with a short sentence.';

/** Health, documents, sign-in, configurations and a whole conversation over `/api`. @returns the configuration that answers */
export async function checkApi(
  report: Report,
  url: string,
  token?: string,
  chosen?: string,
): Promise<string | undefined> {
  const open = new Client(url, undefined);
  const client = new Client(url, token);
  await report.check('health', () => isOk(open, '/health'));
  await report.check('ready', () => isOk(open, '/health/ready'));
  await report.check('OpenAPI document', () => documentOf(open));
  await report.check('sign-in by token', async () => {
    const { user } = await client.json<{ user: { email: string } }>('GET', '/api/me');
    return `as ${user.email}`;
  });
  const config = await configurationOf(report, client, chosen);
  await checkConversation(report, client, config);
  return config;
}

async function isOk(client: Client, path: string): Promise<void> {
  const { status } = await client.json<{ status: string }>('GET', path);
  if (status !== 'ok') throw new Error(`${path} says ${JSON.stringify(status)}`);
}

async function documentOf(client: Client): Promise<string> {
  const { openapi, paths } = await client.json<{ openapi: string; paths: object }>('GET', '/openapi.json');
  if (!openapi?.startsWith('3.1') || !paths) throw new Error('/openapi.json is no OpenAPI 3.1 document');
  return `${Object.keys(paths).length} paths`;
}

async function configurationOf(report: Report, client: Client, chosen?: string): Promise<string | undefined> {
  let id = chosen;
  await report.check('model configuration', async () => {
    if (chosen) return `"${(await client.json<{ name: string }>('GET', `/api/llm-configs/${chosen}`)).name}"`;
    const found = await client.json<{ id: string; name: string }>('GET', '/api/llm-configs/default');
    id = found.id;
    return `the default, "${found.name}"`;
  });
  return id;
}

async function checkConversation(report: Report, client: Client, llm_config_id?: string): Promise<void> {
  const name = { session_name: 'verify', llm_config_id: llm_config_id ?? null };
  let path = '';
  await report.check('a new session', async () => {
    path = `/api/sessions/${(await client.json<{ session_id: string }>('POST', '/api/sessions', name)).session_id}`;
  });
  if (path === '') return;
  report.atTheEnd('the session is deleted', () => client.send('DELETE', path));
  let frames: readonly Frame[] = [];
  await report.check('a streamed answer', async () => {
    const accept = { accept: 'text/event-stream' };
    const stream = await readStream(await client.send('POST', `${path}/messages`, { query: QUESTION }, accept));
    frames = stream.frames;
    return `${describe(frames)}, spread over ${Math.round(stream.spreadMs)} ms, ${stream.heartbeats} heartbeats`;
  });
  if (frames.length > 0) await report.check('replay of its events', () => replay(client, frames));
  await report.check('stop', () => stop(client, path));
}

/** @throws Error when events are missing, out of order, or tell no answer */
function describe(frames: readonly Frame[]): string {
  const wrong = frames.find(({ id, data }, index) => id !== index + 1 || data['seq'] !== id);
  if (wrong) throw new Error(`event ${frames.indexOf(wrong) + 1} carries the id ${wrong.id}`);
  const last = frames.at(-1)?.data ?? {};
  if (last['type'] !== 'turn_finished') throw new Error(`the answer ends with ${JSON.stringify(last).slice(0, 300)}`);
  if (last['status'] !== 'finished') throw new Error(`the answer is ${String(last['status'])}, not finished`);
  if (!frames.some(({ data }) => data['type'] === 'text')) throw new Error('the answer holds no text');
  return `${frames.length} events in order`;
}

async function replay(client: Client, frames: readonly Frame[]): Promise<string> {
  const after = Math.floor(frames.length / 2);
  const path = `/api/runs/${String(frames[0]?.data['run_id'])}/events`;
  const { frames: again } = await readStream(
    await client.send('GET', path, undefined, { 'last-event-id': String(after) }),
  );
  if (JSON.stringify(again) !== JSON.stringify(frames.slice(after)))
    throw new Error(`what follows event ${after} is not the same again`);
  return `from event ${after + 1}`;
}

async function stop(client: Client, path: string): Promise<string> {
  const run = await client.json<{ run_id: string }>(
    'POST',
    `${path}/messages`,
    { query: QUESTION },
    { accept: 'application/json' },
  );
  await client.send('POST', `/api/runs/${run.run_id}/stop`);
  const status = await untilSome(async () => {
    const { items } = await client.json<{ items: { status: string }[] }>('GET', `${path}/messages`);
    const now = items.at(-1)?.status;
    return now === 'running' ? undefined : now;
  }, 'the answer goes on ten seconds after it was told to stop');
  if (status === 'failed') throw new Error('the answer that was to be stopped failed');
  return status === 'stopped' ? '' : 'the answer was faster';
}
