import { Transform } from 'class-transformer';

/** Bounds that a create and an update share. */
export const NAME = { min: 1, max: 100 } as const;
export const MODEL_NAME = {
  min: 1,
  max: 200,
  // Written as ranges that every regular expression engine knows, for the generated SDKs.
  pattern: /^[!-~\u00a1-\u1fff\u2030-\u2fff\u3001-\uffff]+$/,
  patternHint: 'must not contain blanks or control characters',
} as const;
export const API_KEY = { max: 512, pattern: /^[\x20-\x7e]*$/, patternHint: 'must be printable ASCII' } as const;
export const BASE_URL = { max: 500 } as const;
export const DESCRIPTION = { max: 2000 } as const;
export const MAX_TOKENS = { min: 1, max: 1_048_576 } as const;
export const TEMPERATURE = { min: 0, max: 2 } as const;
/** Above 0: the smallest value its four decimal places can say. */
export const TOP_P = { min: 0.0001, max: 1 } as const;
export const PENALTY = { min: -2, max: 2 } as const;

/** Takes the blanks off both ends before the other rules look: pasted text carries them. */
export function Trimmed(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value));
}
