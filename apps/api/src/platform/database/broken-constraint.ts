import { QueryFailedError } from 'typeorm';

/** The constraint or unique index that refused a statement; undefined for every other error. */
export function brokenConstraint(error: unknown): string | undefined {
  return error instanceof QueryFailedError ? (error.driverError as { constraint?: string }).constraint : undefined;
}
