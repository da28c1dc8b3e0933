import { InvalidParam } from './dify-error.js';
import { flag, type JsonObject } from './read.js';

const LONGEST_NAME = 255;

/** The new name a call asks for; null when a title is to be found instead. @throws InvalidParam */
export function readRename(body: JsonObject): { name: string | null } {
  if (flag(body['auto_generate'], 'auto_generate', false)) return { name: null };
  const value = body['name'] ?? '';
  if (typeof value !== 'string') throw new InvalidParam('name must be a string.');
  const name = value.replaceAll('\0', '').trim();
  if (name === '') throw new InvalidParam('name is required when auto_generate is false');
  if ([...name].length > LONGEST_NAME)
    throw new InvalidParam(`name must not be longer than ${LONGEST_NAME} characters.`);
  return { name };
}
