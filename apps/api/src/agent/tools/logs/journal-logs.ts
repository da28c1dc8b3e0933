import type { OpenSource } from '../../sources/source-kind.js';
import { type JournalEntry, journalEntries } from '../../sources/journal/journalctl.js';
import type { ToolResult } from '../agent-tool.js';
import { cut, digestFor, type LogEntry } from './digest.js';
import { decoded } from './files/blocks.js';
import { levelOfPriority, type LogLevel } from './line-level.js';
import { ignoresCase } from './line-match.js';
import { type LogQuery, withFewNeighbours } from './log-query.js';

const MOST_ENTRIES = 50_000;
const LONGEST_MS = 10_000;
const TOO_LONG = `Nothing was found in ${LONGEST_MS / 1000} s; narrow the time.`;
const PRIORITY: Readonly<Record<LogLevel, string>> = { debug: '7', info: '6', warn: '4', error: '3', fatal: '2' };
const NOTHING = 'No entry of the journal fits. Look for other words, a longer time, or leave the service out.';

/** Searches the journal of a source. @throws SourceFailed, the reason of `signal` when it is aborted */
export async function searchJournal(source: OpenSource, asked: LogQuery, signal: AbortSignal): Promise<ToolResult> {
  const query = withFewNeighbours(asked);
  const matches = matchesOf(query);
  if (typeof matches === 'string') return { status: 'error', message: matches };
  const args = [...filterArguments(query), ...matches];
  const command = ['journalctl', '--reverse', ...args.map(quoted)].join(' ');
  const enough = AbortSignal.timeout(LONGEST_MS);
  const digest = digestFor(query, false);
  const shown: { entry: LogEntry; cursor: string }[] = [];
  const most = query.mode === 'lines' ? query.limit + 1 : MOST_ENTRIES;
  let seen = 0;
  for await (const found of journalEntries({ ...source, args: ['--reverse', ...args], most, signal, enough })) {
    seen += 1;
    const entry = entryOf(found);
    if (digest.add(entry)) break;
    if (query.around > 0) shown.push({ entry, cursor: found.__CURSOR });
  }
  if (seen === 0) return { status: 'no_data', message: enough.aborted ? TOO_LONG : NOTHING, query: command };
  const isBounded = enough.aborted || seen === MOST_ENTRIES;
  for (const { entry, cursor } of shown) {
    const near = (order: string[]) =>
      neighbours(source, [...order, `--cursor=${cursor}`, ...matches], query.around, signal);
    entry.before = (await near(['--reverse'])).reverse();
    entry.after = await near([]);
  }
  return {
    status: 'ok',
    query: command,
    ...(isBounded ? { incomplete: `Only the newest ${seen} entries were read; narrow the time.` } : {}),
    ...digest.told(),
  };
}

/** What stands beside an entry, whatever its text and level. */
async function neighbours(source: OpenSource, args: string[], around: number, signal: AbortSignal): Promise<string[]> {
  const found: string[] = [];
  for await (const entry of journalEntries({ ...source, args, most: around + 1, signal })) found.push(textOf(entry));
  return found.slice(1);
}

/** Options, each in one word with its value, so that no value is taken for an option. */
function filterArguments({ words, without, pattern, sinceMs, untilMs, level }: LogQuery): string[] {
  const args: string[] = [];
  if (sinceMs !== undefined) args.push(`--since=@${sinceMs / 1000}`);
  if (untilMs !== undefined) args.push(`--until=@${untilMs / 1000}`);
  if (level !== undefined) args.push(`--priority=${PRIORITY[level]}`);
  const grep = pattern ?? patternOf(words, without);
  if (grep !== '') args.push(`--grep=${grep}`, `--case-sensitive=${pattern !== undefined && !ignoresCase(pattern)}`);
  return args;
}

/** One expression for words in any order. */
function patternOf(words: readonly string[], without: readonly string[]): string {
  if (words.length + without.length === 0) return '';
  const literal = (word: string): string => `.*${word.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')}`;
  return `(?s)^${words.map((word) => `(?=${literal(word)})`).join('')}${without.map((word) => `(?!${literal(word)})`).join('')}`;
}

/** Matches of fields; what names a service may be a unit, what PID 1 says of it, a program, or a container. */
function matchesOf({ service, labels }: LogQuery): string[] | string {
  const values = [service ?? '', ...Object.values(labels)];
  // eslint-disable-next-line no-control-regex -- they cannot be in an argument
  if (values.some((value) => /[\u0000-\u001f]/.test(value)))
    return 'A service or label must not hold control characters.';
  const wrong = Object.keys(labels).find((name) => !/^[A-Z_][A-Z0-9_]*$/.test(name));
  if (wrong !== undefined) return `Labels of the journal are its fields, such as _HOSTNAME; ${wrong} is none.`;
  const others = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
  if (service === undefined) return others;
  const unit = /\.[a-z]+$/.test(service) ? service : `${service}.service`;
  const names = [`_SYSTEMD_UNIT=${unit}`, `UNIT=${unit}`, `SYSLOG_IDENTIFIER=${service}`, `CONTAINER_NAME=${service}`];
  return names.flatMap((name, index) => [...(index > 0 ? ['+'] : []), ...others, name]);
}

function entryOf(entry: JournalEntry): LogEntry {
  return {
    at: Number(entry.__REALTIME_TIMESTAMP) / 1000,
    text: textOf(entry),
    origin: entry._SYSTEMD_UNIT ?? entry.SYSLOG_IDENTIFIER ?? 'journal',
    level: levelOfPriority(Number(entry.PRIORITY ?? Number.NaN)),
  };
}

function textOf({
  __REALTIME_TIMESTAMP: microseconds,
  SYSLOG_IDENTIFIER: program,
  _PID: pid,
  MESSAGE,
}: JournalEntry): string {
  const time = new Date(Number(microseconds) / 1000).toISOString();
  const from = `${program ?? ''}${pid === undefined ? '' : `[${pid}]`}`;
  return `${time} ${from}: ${cut(messageOf(MESSAGE ?? ''))}`;
}

function messageOf(message: string | readonly number[] | readonly string[]): string {
  if (typeof message === 'string') return message;
  return typeof message[0] === 'number' ? decoded(Buffer.from(message as readonly number[])) : message.join('\n');
}

function quoted(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;
}
