/** SQLSTATEs that say "not now" rather than "not so": shutdown, start-up, too many connections, out of disk or memory. */
const SQLSTATES = /^(08...|53...|57P0[1-5]|58...)$/;
const SYSTEM_ERRORS = [
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'EPIPE',
];

/** What Node, pg and TypeORM add to their errors. */
interface Failure {
  code?: unknown;
  driverError?: unknown;
  syscall?: string;
}

/** Whether `error` says that the database is out of reach just now, in contrast to a statement it refused. */
export function databaseUnavailable(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, driverError, syscall, message = '' } = error as Partial<Error> & Failure;
  if (driverError !== undefined && driverError !== error) return databaseUnavailable(driverError);
  if (typeof code === 'string') {
    return (
      SQLSTATES.test(code) ||
      (SYSTEM_ERRORS.includes(code) && ['connect', 'getaddrinfo', 'read', 'write', undefined].includes(syscall))
    );
  }
  return /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/.test(
    message,
  );
}
