// Usage: npm run rotate-key -- --url http://localhost:8000 --token …
// Goes over to a new master key at a running server and follows it until nothing is sealed with an earlier one.
import { setTimeout as pause } from 'node:timers/promises';
import { adminApi, endWith } from './admin-api.ts';

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
  const ask = adminApi<MasterKey>(args, 'rotate-key');
  const before = await ask('GET', '/api/master-key');
  let state = await ask('POST', '/api/master-key/rotation');
  const place = state.kept_in === 'file' ? 'data folder' : 'environment';
  console.log(`Master key ${before.key_id} → ${state.key_id}, kept in the ${place}`);
  while (state.is_rotating) {
    console.log(`${state.sealed} sealed with the new key, ${state.remaining} remaining`);
    await pause(POLL_MS);
    state = await ask('GET', '/api/master-key');
  }
  console.log(`${state.remaining} secrets remain on an earlier key, ${state.sealed} are sealed with the new one`);
  if (state.unreadable > 0)
    console.log(`${state.unreadable} secrets were sealed with a key that the server does not have`);
  return state.remaining === 0 ? 0 : 1;
}

await endWith(rotate(process.argv.slice(2)));
