import { lstatSync, readdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import { basename, dirname, join, matchesGlob, sep } from 'node:path';

/** A file that may be read, and where it really is. */
export interface AllowedFile {
  readonly path: string;
  readonly real: string;
  readonly bytes: number;
  readonly modifiedMs: number;
}

/** A file that is left out, and why. */
export interface SkippedFile {
  readonly file: string;
  readonly because: string;
}

/** How much of a folder has been looked at. */
interface Seen {
  count: number;
}

const MOST_FILES = 2_000;
const MOST_SEEN = 20_000;
const DEEPEST = 8;
/** What rotation puts behind `app.log`: `app.log.1`, `app.log-20260131.gz`, `app.log.2026-01-31-07`, `app.log.gz`. */
const ROTATION = /(?:[.-]\d[\d.T_-]*)?(?:\.gz)?$/;
const GLOB = /[*?[\]{}]/;

/** Every file that the registered paths name, the one that was last written first. */
export function allowedFiles(paths: readonly string[]): { files: AllowedFile[]; skipped: SkippedFile[] } {
  const found = new Map<string, AllowedFile>();
  const skipped: SkippedFile[] = [];
  const folders = paths.filter((path) => !isGlob(path) && statsOf(path)?.isDirectory()).map(realOf);
  for (const path of paths) {
    const seen = { count: 0 };
    const { base, candidates } = candidatesOf(path, seen);
    const bases = [base, ...folders].filter((folder) => folder !== undefined);
    for (const candidate of candidates) {
      if (found.size >= MOST_FILES) {
        skipped.push({ file: path, because: `names more than ${MOST_FILES} files` });
        break;
      }
      const file = allowed(candidate, bases);
      if (typeof file === 'string') skipped.push({ file: candidate, because: file });
      else if (file !== undefined && !found.has(file.real)) found.set(file.real, file);
    }
    if (seen.count > MOST_SEEN) skipped.push({ file: path, because: `holds more than ${MOST_SEEN} files and folders` });
  }
  return { files: [...found.values()].sort((a, b) => b.modifiedMs - a.modifiedMs), skipped };
}

/** Whether a registered path names many files by stars and the like. */
function isGlob(path: string): boolean {
  return GLOB.test(path) && statsOf(path) === undefined;
}

/** The folder that the files of a registered path must be in, and the files that it names. */
function candidatesOf(path: string, seen: Seen): { base: string | undefined; candidates: Iterable<string> } {
  if (isGlob(path)) {
    const fixed = path.slice(0, path.search(GLOB));
    const folder = fixed.slice(0, fixed.lastIndexOf(sep) + 1);
    const depth = path.includes('**') ? DEEPEST : path.slice(folder.length).split(sep).length - 1;
    return { base: realOf(folder), candidates: matching(path, filesIn(folder, depth, seen)) };
  }
  if (statsOf(path)?.isDirectory()) return { base: realOf(path), candidates: filesIn(path, DEEPEST, seen) };
  return { base: realOf(dirname(path)), candidates: withRotated(path) };
}

function* matching(glob: string, paths: Iterable<string>): Generator<string> {
  for (const path of paths) if (matchesGlob(path, glob) || matchesGlob(path.replace(ROTATION, ''), glob)) yield path;
}

/** @returns undefined for what is no file, a sentence's end for what may not be read */
function allowed(path: string, bases: readonly string[]): AllowedFile | string | undefined {
  const real = realOf(path);
  if (real === undefined) return 'is not there, or may not be read by the user this server runs as';
  const isInside = bases.some((base) => real.startsWith(base.endsWith(sep) ? base : base + sep));
  if (!isInside) return 'is a link that leads out of the registered folder';
  const stats = statsOf(real);
  if (!stats?.isFile()) return undefined;
  return { path, real, bytes: stats.size, modifiedMs: stats.mtimeMs };
}

/** Folders that are links are not gone into. */
function* filesIn(folder: string, depth: number, seen: Seen): Generator<string> {
  for (const entry of entriesOf(folder)) {
    if ((seen.count += 1) > MOST_SEEN) return;
    const path = join(folder, entry.name);
    if (entry.isFile() || entry.isSymbolicLink()) yield path;
    else if (entry.isDirectory() && depth > 0) yield* filesIn(path, depth - 1, seen);
  }
}

function* withRotated(path: string): Generator<string> {
  yield path;
  const name = basename(path);
  for (const entry of entriesOf(dirname(path))) {
    if (entry.isFile() && entry.name.replace(ROTATION, '') === name) yield join(dirname(path), entry.name);
  }
}

function entriesOf(folder: string) {
  return unlessGone(() => readdirSync(folder, { withFileTypes: true })) ?? [];
}

function realOf(path: string): string | undefined {
  return unlessGone(() => realpathSync(path));
}

function statsOf(path: string): Stats | undefined {
  return unlessGone(() => statSync(path));
}

/** Whether it is still this very file that stands there, and no link. */
export function isStill(real: string, { ino, dev }: Stats): boolean {
  const now = unlessGone(() => lstatSync(real));
  return now?.ino === ino && now.dev === dev && realOf(real) === real;
}

/** Files come and go, and some belong to others; that is no failure. */
function unlessGone<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return undefined;
  }
}
