import { InvalidParam } from '../wire/dify-error.js';

const LONGEST = 200;
const FORBIDDEN = /[/\\:*?"<>|]/;
/** Controls, and what turns the direction of text so that a name reads as another. */
const UNSEEN = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** What a name shows, without what it hides. */
export function seenName(name: string): string {
  return name.replaceAll(UNSEEN, '').toWellFormed();
}

/** A client's name for a file as it is kept. @throws InvalidParam for names that Dify refuses */
export function keptName(name: string, extension: string): string {
  if (FORBIDDEN.test(name)) throw new InvalidParam('Filename contains invalid characters');
  const clean = seenName(name);
  if (clean === '') throw new InvalidParam('Filename contains invalid characters');
  if (clean.length <= LONGEST) return clean;
  return clean.slice(0, LONGEST).toWellFormed() + (extension === '' ? '' : `.${extension}`);
}
