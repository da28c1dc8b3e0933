import { InvalidInput } from '../errors/domain-error.js';

/**
 * The moment a caller believes a thing was last changed, from `If-Match: "<updated_at>"`; null when it does not say.
 * @throws InvalidInput when it says something else
 */
export function readIfMatch(header: string | undefined): Date | null {
  const value = header
    ?.trim()
    .replace(/^W\//, '')
    .replace(/^"(.*)"$/, '$1');
  if (!value || value === '*') return null;
  const moment = new Date(value);
  if (Number.isNaN(moment.getTime())) {
    throw new InvalidInput([{ field: 'If-Match', message: 'If-Match must be the updated_at that was read' }]);
  }
  return moment;
}
