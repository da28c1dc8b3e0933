import { argon2, randomBytes, timingSafeEqual, type Argon2Parameters } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(argon2);

/** OWASP's choice for argon2id: 19 MiB, two passes, one lane. */
const COST = { memory: 19_456, passes: 2, parallelism: 1 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;
const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/;

/** Hashes a password with argon2id into the PHC string format. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive('argon2id', parameters(password, salt, COST));
  const { memory, passes, parallelism } = COST;
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(salt)}$${unpadded(hash)}`;
}

/** Whether a password is the hashed one. Without a hash it works as long and answers no, so that nobody learns which accounts exist. */
export async function isPassword(password: string, hashed: string | null): Promise<boolean> {
  const [, memory, passes, parallelism, salt, hash] = PHC.exec(hashed ?? '') ?? [];
  if (!salt || !hash) {
    await derive('argon2id', parameters(password, randomBytes(SALT_BYTES), COST));
    return false;
  }
  const cost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
  const derived = await derive('argon2id', parameters(password, Buffer.from(salt, 'base64'), cost));
  return timingSafeEqual(derived, Buffer.from(hash, 'base64'));
}

function parameters(password: string, nonce: Buffer, cost: typeof COST): Argon2Parameters {
  return { message: Buffer.from(password.normalize('NFKC')), nonce, tagLength: HASH_BYTES, ...cost };
}

/** PHC strings carry base64 without its padding. */
function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '');
}
