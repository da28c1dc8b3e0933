import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import type { ToolSourceSettingsDto } from '@opsagent/contracts';
import { SourceFailed } from '../source-kind.js';

/** An entry of the journal, as `journalctl --output=json` writes it. */
export interface JournalEntry {
  readonly __CURSOR: string;
  /** Microseconds since 1970. */
  readonly __REALTIME_TIMESTAMP: string;
  /** Bytes where it is no UTF-8, several where it was set more than once. */
  readonly MESSAGE?: string | readonly number[] | readonly string[] | null;
  readonly PRIORITY?: string;
  readonly SYSLOG_IDENTIFIER?: string;
  readonly _SYSTEMD_UNIT?: string;
  readonly _PID?: string;
}

const FIELDS = 'MESSAGE,PRIORITY,SYSLOG_IDENTIFIER,_SYSTEMD_UNIT,_PID';
/** Nothing of this server's own settings goes to a program. */
const ENVIRONMENT = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C.UTF-8', SYSTEMD_COLORS: '0' };
const LONGEST_COMPLAINT = 300;

/** What of the journal is read. */
interface JournalReading {
  readonly name: string;
  readonly settings: ToolSourceSettingsDto;
  /** Arguments besides those for the form of the output. */
  readonly args: readonly string[];
  /** After so many entries no more are read. */
  readonly most: number;
  readonly signal: AbortSignal;
  /** Ends the reading without a word: it has taken long enough. */
  readonly enough?: AbortSignal;
}

/**
 * Reads entries of the journal by `journalctl`, in the order it gives them. The program is gone when this ends.
 * @throws SourceFailed when there is no journal; the reason of `signal` when it is aborted
 */
export async function* journalEntries(reading: JournalReading): AsyncGenerator<JournalEntry> {
  const { name, settings, args, most, signal, enough } = reading;
  signal.throwIfAborted();
  const child = spawn('journalctl', [...formArguments(settings), ...args], {
    env: ENVIRONMENT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const kill = (): unknown => child.kill('SIGKILL');
  signal.addEventListener('abort', kill, { once: true });
  enough?.addEventListener('abort', kill, { once: true });
  const started = once(child, 'spawn');
  const ended = once(child, 'close');
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(0, LONGEST_COMPLAINT);
  });
  ended.catch(() => undefined);
  try {
    await started;
    let count = 0;
    for await (const line of linesOf(child.stdout)) {
      if (count >= most || signal.aborted || enough?.aborted) break;
      count += 1;
      yield JSON.parse(line) as JournalEntry;
    }
    signal.throwIfAborted();
    if (count === 0) {
      await ended;
      signal.throwIfAborted();
      if (complaint.trim() !== '') throw new SourceFailed('failed', `${name}: ${complaint.trim()}`);
    }
  } catch (error) {
    signal.throwIfAborted();
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new SourceFailed('failed', `${name}: journalctl is not installed on the machine of this server.`);
  } finally {
    signal.removeEventListener('abort', kill);
    enough?.removeEventListener('abort', kill);
    kill();
  }
}

/** Apart at line ends only; a message may hold other characters that some take for one. */
async function* linesOf(stream: Readable): AsyncGenerator<string> {
  let rest = '';
  for await (const piece of stream.setEncoding('utf8') as AsyncIterable<string>) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}

function formArguments({ paths: [folder] = [] }: ToolSourceSettingsDto): string[] {
  const form = ['--output=json', `--output-fields=${FIELDS}`, '--all', '--quiet', '--no-pager'];
  return folder === undefined ? form : [...form, `--directory=${folder}`];
}
