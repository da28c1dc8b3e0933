// Usage: npm run rotate-key -- --url http://localhost:8000 --token …
// Goes over to a new master key at a running server and follows it until nothing is sealed with an earlier one.
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';

const POLL_MS = 500;

/** What the server answers about its master key. */
interface MasterKey {
  readonly key_id: string;
  readonly kept_in: 'file' | 'environment';
  readonly sealed: number;
  readonly remaining: number;
  readonly unreadable: number;
  readonly is_rotating: boolean;
}

/** @returns 0 when nothing is left on an earlier key */
async function rotate(args: string[]): Promise<number> {
  const { url, token } = parseArgs({ args, options: { url: { type: 'string' }, token: { type: 'string' } } }).values;
  if (!url || !token) throw new Error('Usage: npm run rotate-key -- --url http://localhost:8000 --token …');
  const ask = (method: string, path = ''): Promise<MasterKey> =>
    answerOf(new URL(`/api/master-key${path}`, url), method, token);
  const before = await ask('GET');
  let state = await ask('POST', '/rotation');
  const place = state.kept_in === 'file' ? 'data folder' : 'environment';
  console.log(`Master key ${before.key_id} → ${state.key_id}, kept in the ${place}`);
  while (state.is_rotating) {
    console.log(`${state.sealed} sealed with the new key, ${state.remaining} remaining`);
    await pause(POLL_MS);
    state = await ask('GET');
  }
  console.log(`${state.remaining} secrets remain on an earlier key, ${state.sealed} are sealed with the new one`);
  if (state.unreadable > 0)
    console.log(`${state.unreadable} secrets were sealed with a key that the server does not have`);
  return state.remaining === 0 ? 0 : 1;
}

async function answerOf(url: URL, method: string, token: string): Promise<MasterKey> {
  const response = await fetch(url, { method, headers: { authorization: `Bearer ${token}` } });
  const body = (await response.json()) as MasterKey & { detail?: string };
  if (!response.ok) throw new Error(body.detail ?? `${method} ${url.pathname} answered ${response.status}`);
  return body;
}

try {
  process.exitCode = await rotate(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
