import { hash } from 'node:crypto';

/** A UUID that always comes out the same for the same words (RFC 9562 §5.5: version 5, from SHA-1). */
export function derivedId(...words: readonly string[]): string {
  const hex = hash('sha1', words.join('\n'), 'hex');
  const variant = ((parseInt(hex.slice(16, 18), 16) & 0x3f) | 0x80).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(18, 20)}-${hex.slice(20, 32)}`;
}
