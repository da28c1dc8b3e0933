/** From the mildest to the worst. */
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'fatal'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const BY_WORD: Readonly<Record<string, LogLevel>> = {
  ...{ trace: 'debug', verbose: 'debug', debug: 'debug', fine: 'debug', dbug: 'debug' },
  ...{ info: 'info', information: 'info', notice: 'info', log: 'info' },
  ...{ warn: 'warn', warning: 'warn' },
  ...{ err: 'error', error: 'error', severe: 'error', fail: 'error' },
  ...{
    crit: 'fatal',
    critical: 'fatal',
    alert: 'fatal',
    emerg: 'fatal',
    emergency: 'fatal',
    fatal: 'fatal',
    panic: 'fatal',
  },
};
const OF_KLOG: Readonly<Record<string, LogLevel>> = { I: 'info', W: 'warn', E: 'error', F: 'fatal' };

const FIELD = /["']?\b(?:log\.level|level|levelname|severity|lvl|loglevel)["']?\s*[:=]\s*["']?([a-z]+|\d{1,2})\b/i;
const HEAD_WORD =
  /(?:^|[\s[\](<"'=:|,*])(trace|verbose|debug|dbug|info|information|notice|warn|warning|err|error|severe|crit|critical|alert|emerg|emergency|fatal|panic)(?=$|[\s\])>"'=:|,*;])/i;
/** What a program wrote, where something else packed it into JSON. */
const PACKED = /"(?:log|msg|message)"\s*:\s*"([^"]{0,160})/;
/** Of access logs: server errors are errors, and refused requests are warnings. */
const HTTP_STATUS = / HTTP\/\d(?:\.\d)?" ([1-5])\d\d /;
const BY_STATUS: Readonly<Record<string, LogLevel>> = { 5: 'error', 4: 'warn' };
/** How far into a line its level may stand. */
const HEAD = 160;
const FAR = 4_000;

/** The level that a line says it has. */
export function levelOf(line: string): LogLevel | undefined {
  const klog = /^([IWEF])\d{4} /.exec(line)?.[1];
  if (klog !== undefined) return OF_KLOG[klog];
  const priority = /^<(\d{1,3})>/.exec(line)?.[1];
  if (priority !== undefined) return levelOfPriority(Number(priority) % 8);
  const near = line.length > FAR ? line.slice(0, FAR) : line;
  const status = near.includes(' HTTP/') ? HTTP_STATUS.exec(near)?.[1] : undefined;
  if (status !== undefined) return BY_STATUS[status] ?? 'info';
  const field = FIELD.exec(near)?.[1];
  if (field !== undefined) return levelNamed(field) ?? levelOfNumber(Number(field));
  const said = line.startsWith('{') ? (PACKED.exec(near)?.[1] ?? '') : near.slice(0, HEAD);
  return levelNamed(HEAD_WORD.exec(said)?.[1] ?? '');
}

/** A level by one of its many names. */
export function levelNamed(word: string): LogLevel | undefined {
  const lower = word.toLowerCase();
  return Object.hasOwn(BY_WORD, lower) ? BY_WORD[lower] : undefined;
}

/** Every name of a level and of those that are worse. */
export function namesFrom(level: LogLevel): string[] {
  const wanted = LOG_LEVELS.slice(LOG_LEVELS.indexOf(level));
  return Object.keys(BY_WORD).filter((word) => wanted.includes(BY_WORD[word]));
}

/** Of a syslog priority (RFC 5424 §6.2.1), 0 the worst. */
export function levelOfPriority(priority: number): LogLevel | undefined {
  if (!(priority >= 0 && priority <= 7)) return undefined;
  return (['fatal', 'fatal', 'fatal', 'error', 'warn', 'info', 'info', 'debug'] as const)[priority];
}

/** Of the numbers that Bunyan and pino write. */
function levelOfNumber(number: number): LogLevel | undefined {
  if (!(number >= 10)) return undefined;
  return (['debug', 'debug', 'info', 'warn', 'error', 'fatal'] as const)[Math.floor(number / 10) - 1];
}
