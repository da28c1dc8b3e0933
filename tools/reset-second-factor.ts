// Usage: npm run reset-second-factor -- --url http://localhost:8000 --token … --email …
// Takes the second factor of a user away who has lost the authenticator app and the recovery codes.
import { parseArgs } from 'node:util';
import { adminApi, endWith } from './admin-api.ts';

/** What is needed of the server's list of users. */
interface UserList {
  readonly items: readonly { readonly id: string; readonly email: string }[];
}

async function reset(args: string[]): Promise<number> {
  const options = { url: { type: 'string' }, token: { type: 'string' }, email: { type: 'string' } } as const;
  const { email = '', url = '', token = '' } = parseArgs({ args, options }).values;
  const ask = adminApi<UserList>(['--url', url, '--token', token], 'reset-second-factor', ' --email …');
  const { items } = await ask('GET', '/api/users');
  const user = items.find((one) => one.email.toLowerCase() === email.toLowerCase());
  if (!user) throw new Error(`There is no user ${email}.`);
  await ask('DELETE', `/api/users/${user.id}/totp`);
  console.log(`${user.email} signs in with the password alone from now on`);
  return 0;
}

await endWith(reset(process.argv.slice(2)));
