import { cut, type Digest, digestFor, type LogEntry } from '../digest.js';
import { levelOf } from '../line-level.js';
import { LineMatch } from '../line-match.js';
import { LineTimes } from '../line-time.js';
import { isAsBadAs, type LogQuery } from '../log-query.js';
import { type AllowedFile, allowedFiles, type SkippedFile } from '../../../sources/files/allowed-files.js';
import { blocksOf, entriesOf } from './blocks.js';
import { type FileBytes, FileRefused, openedFile } from './file-bytes.js';

/** What is to be searched, and how long at the most. */
export interface FileScanTask {
  readonly paths: readonly string[];
  readonly query: LogQuery;
  readonly longestMs: number;
}

/** What was found. */
export interface FileScanAnswer {
  readonly count: number;
  readonly told: Record<string, unknown>;
  /** The files that were read, and those that could have been. */
  readonly searched: readonly string[];
  readonly files: readonly string[];
  readonly skipped: readonly SkippedFile[];
  /** Whether everything that was asked for has been looked at. */
  readonly isComplete: boolean;
  readonly megabytes: number;
}

/** Times of neighbours may be out of order by this much. */
const DISORDER_MS = 60_000;
/** How far back the time of a line without one is looked for. */
const FAR = 200;
const PROBED = 20;

/** Searches files, the newest lines first. */
export async function scanFiles({ paths, query, longestMs }: FileScanTask): Promise<FileScanAnswer> {
  const until = performance.now() + longestMs;
  const scan = new FileScan(query, () => performance.now() < until);
  const { files: all, skipped } = allowedFiles(paths);
  const files = all.filter(({ path }) => path.toLowerCase().includes((query.file ?? '').toLowerCase()));
  const searched: string[] = [];
  for (const file of files) {
    if (file.modifiedMs < (query.sinceMs ?? 0) || file.modifiedMs < (scan.digest.oldestMs ?? 0)) break;
    if (!scan.isInTime()) {
      scan.isComplete = false;
      break;
    }
    try {
      const bytes = await openedFile(file, scan.isInTime);
      searched.push(file.path);
      if (bytes.lack !== undefined) skipped.push({ file: file.path, because: bytes.lack });
      scan.search(file, bytes);
      bytes.close();
    } catch (error) {
      if (!(error instanceof FileRefused)) throw error;
      skipped.push({ file: file.path, because: error.message });
    }
  }
  return {
    count: scan.digest.count,
    told: scan.digest.told(),
    searched,
    files: files.map(({ path }) => path),
    skipped,
    isComplete: scan.isComplete,
    megabytes: Math.round(scan.bytes / 1e5) / 10,
  };
}

/** One search over several files. */
class FileScan {
  readonly digest: Digest;
  readonly isInTime: () => boolean;
  isComplete = true;
  bytes = 0;
  private writtenMs = 0;
  private readonly match: LineMatch;
  private readonly query: LogQuery;

  constructor(query: LogQuery, isInTime: () => boolean) {
    this.query = query;
    this.isInTime = isInTime;
    this.digest = digestFor(query);
    this.match = new LineMatch(query);
  }

  search(file: AllowedFile, bytes: FileBytes): void {
    const { sinceMs = Number.NEGATIVE_INFINITY, untilMs, around } = this.query;
    const times = new LineTimes(file.modifiedMs);
    this.writtenMs = file.modifiedMs;
    /** Those whose older neighbours stand in the next block. */
    let lacking: LogEntry[] = [];
    let newer: string[] = [];
    for (const text of blocksOf(bytes)) {
      if (!this.isInTime()) {
        this.isComplete = false;
        return;
      }
      this.bytes += text.length;
      if (untilMs !== undefined && (firstTimeIn(text, times) ?? untilMs) > untilMs + DISORDER_MS) continue;
      if (around === 0 && !this.match.mayFitIn(text)) {
        if ((lastTimeIn(text, times) ?? sinceMs) < sinceMs - DISORDER_MS) return;
        continue;
      }
      const block = new Block(entriesOf(text), times);
      for (const entry of lacking)
        entry.before = [...lastOf(block.entries, around - (entry.before?.length ?? 0)), ...(entry.before ?? [])];
      lacking = [];
      if ((block.lastTime ?? sinceMs) < sinceMs - DISORDER_MS) return;
      if (this.searchBlock(block, file.path, newer, lacking)) return;
      newer = block.entries.slice(0, around);
    }
  }

  /** @returns whether nothing more of this file is wanted */
  private searchBlock(block: Block, origin: string, newer: readonly string[], lacking: LogEntry[]): boolean {
    const { entries } = block;
    for (let index = entries.length - 1; index >= 0; index -= 1) {
      const text = entries[index];
      if (!this.match.fits(text)) continue;
      const level = levelOf(text);
      if (this.query.level !== undefined && !isAsBadAs(level, this.query.level)) continue;
      const at = block.timeAt(index);
      if (!this.isAsked(at)) continue;
      const entry: LogEntry = { at, text: cut(text, this.match.placeIn(text)), origin, level, near: this.writtenMs };
      this.addNeighbours(entry, index, entries, newer, lacking);
      if (this.digest.add(entry)) return true;
    }
    return false;
  }

  private addNeighbours(
    entry: LogEntry,
    index: number,
    entries: readonly string[],
    newer: readonly string[],
    lacking: LogEntry[],
  ): void {
    const { around } = this.query;
    if (around === 0) return;
    const after = entries.slice(index + 1, index + 1 + around);
    entry.before = entries.slice(Math.max(0, index - around), index).map((text) => cut(text));
    entry.after = [...after, ...newer.slice(0, around - after.length)].map((text) => cut(text));
    if (entry.before.length < around) lacking.push(entry);
  }

  private isAsked(at: number | undefined): boolean {
    if (at === undefined) return true;
    return at >= (this.query.sinceMs ?? at) && at <= (this.query.untilMs ?? at);
  }
}

/** Some entries in a row, and when they were written. */
class Block {
  readonly entries: readonly string[];
  readonly lastTime: number | undefined;
  private readonly times: LineTimes;
  private readonly hasTimes: boolean;

  constructor(entries: readonly string[], times: LineTimes) {
    this.entries = entries;
    this.times = times;
    this.lastTime = firstTimeOf(entries.slice(-PROBED).reverse(), times);
    this.hasTimes = this.lastTime !== undefined || firstTimeOf(entries.slice(0, PROBED), times) !== undefined;
  }

  /** Its own time, else that of the one before it. */
  timeAt(index: number): number | undefined {
    if (!this.hasTimes) return undefined;
    for (let at = index; at >= Math.max(0, index - FAR); at -= 1) {
      const time = this.times.of(this.entries[at]);
      if (time !== undefined) return time;
    }
    return undefined;
  }
}

function firstTimeOf(lines: readonly string[], times: LineTimes): number | undefined {
  for (const line of lines) {
    const time = times.of(line);
    if (time !== undefined) return time;
  }
  return undefined;
}

const PROBED_CHARACTERS = 32 * 1024;

function firstTimeIn(text: string, times: LineTimes): number | undefined {
  return firstTimeOf(text.slice(0, PROBED_CHARACTERS).split('\n', PROBED), times);
}

function lastTimeIn(text: string, times: LineTimes): number | undefined {
  return firstTimeOf(text.slice(-PROBED_CHARACTERS).split('\n').slice(-PROBED).reverse(), times);
}

function lastOf(entries: readonly string[], count: number): string[] {
  return count <= 0 ? [] : entries.slice(-count).map((text) => cut(text));
}
