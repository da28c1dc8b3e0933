import { InvalidInput } from '../../platform/errors/domain-error.js';

/** Shorter keys would be half shown by their first and last characters. */
const SHORTEST_SHOWN = 12;
/** What stands for a secret of which nothing may be shown. */
export const HIDDEN = '••••';

/** What may be shown of a key: its first three and last four characters, of a short one nothing. */
export function maskKey(key: string): string {
  return key.length < SHORTEST_SHOWN ? HIDDEN : `${key.slice(0, 3)}…${key.slice(-4)}`;
}

/** No real key holds these: a client sent back what it was shown, by us or by the older system. */
export function isMasked(key: string): boolean {
  return /[…•]|\*{3}|\.{3}/.test(key);
}

/** A key as it is sent in a header. @throws InvalidInput */
export function checkedKey(key: string): string {
  if (isMasked(key)) throw refused('api_key is a masked key: send the whole key');
  if (key.length > 512) throw refused('api_key must be shorter than or equal to 512 characters');
  if (!/^[\x20-\x7e]+$/.test(key)) throw refused('api_key must be printable ASCII');
  return key;
}

function refused(message: string): InvalidInput {
  return new InvalidInput([{ field: 'api_key', message }]);
}
