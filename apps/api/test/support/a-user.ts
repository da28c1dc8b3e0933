import { createHash } from 'node:crypto';
import type { Role } from '@opsagent/contracts';
import type { TestApp } from './test-app.js';

/** A user of that role, as the headers of a request with a token of theirs. */
export async function aUser(app: TestApp, role: Role): Promise<{ id: string; headers: Record<string, string> }> {
  const token = crypto.randomUUID();
  const [user] = await app.query<{ id: string }>('insert into users (email, role) values ($1, $2) returning id', [
    `${token}@example.org`,
    role,
  ]);
  if (!user) throw new Error('No user was made.');
  await app.query('insert into user_tokens (user_id, name, token_hash, last_four) values ($1, $2, $3, $4)', [
    ...[user.id, 'test', createHash('sha256').update(token).digest(), token.slice(-4)],
  ]);
  return { id: user.id, headers: { authorization: `Bearer ${token}` } };
}
