import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { OpenSource } from '../../../sources/source-kind.js';
import type { ToolResult } from '../../agent-tool.js';
import { inWords, type LogQuery } from '../log-query.js';
import { Lanes } from '../../lanes.js';
import type { FileScanAnswer, FileScanTask } from './scan-files.js';

const LONGEST_MS = 10_000;
/** A pattern that takes ever longer for one line is ended from outside, a while after the search should have ended itself. */
const GRACE_MS = 4_000;
const MOST_MEMORY_MB = 192;
/** Searches at the same time in this process; each takes a processor. */
const lanes = new Lanes(2);
const MOST_NAMED = 20;
const NO_LABELS = 'Files have no services and labels. Name a part of the path as file, or look for words.';
const WORKER = new URL(`./scan-files.worker${extname(import.meta.filename)}`, import.meta.url);

/** Searches the files of a source. @throws the reason of `signal` when it is aborted */
export async function searchFiles(source: OpenSource, query: LogQuery, signal: AbortSignal): Promise<ToolResult> {
  if (query.service !== undefined || Object.keys(query.labels).length > 0)
    return { status: 'error', message: NO_LABELS };
  const task = { paths: source.settings.paths ?? [], query, longestMs: LONGEST_MS };
  signal.throwIfAborted();
  const answer = await lanes.run(() => scanned(task, signal), signal);
  if (typeof answer === 'string') return { status: 'error', message: answer };
  const { files, searched, skipped, isComplete, megabytes } = answer;
  const about = {
    query: inWords(query),
    searched: named(searched),
    ...(skipped.length === 0 ? {} : { skipped: skipped.slice(0, MOST_NAMED) }),
    megabytes,
    ...(isComplete
      ? {}
      : {
          incomplete: `Only the newest ${megabytes} MB were searched in ${LONGEST_MS / 1000} s; narrow the time or name a file.`,
        }),
  };
  if (files.length === 0) return { status: 'no_data', message: noFiles(query), ...about };
  if (answer.count === 0) return { status: 'no_data', message: nothing(query), files: named(files), ...about };
  return { status: 'ok', ...about, ...answer.told };
}

/** Searches in a thread of its own. @returns a sentence when it did not come to an end */
export async function scanned(
  task: FileScanTask,
  signal: AbortSignal,
  graceMs = GRACE_MS,
): Promise<FileScanAnswer | string> {
  signal.throwIfAborted();
  const worker = new Worker(WORKER, { workerData: task, resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MB } });
  const { promise, resolve, reject } = Promise.withResolvers<FileScanAnswer | string>();
  const onAbort = (): void => reject(signal.reason as Error);
  const timer = setTimeout(
    () => resolve('The regular expression takes too long. Use a simpler one, or words.'),
    task.longestMs + graceMs,
  );
  signal.addEventListener('abort', onAbort, { once: true });
  worker.once('message', resolve);
  worker.once('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'ERR_WORKER_OUT_OF_MEMORY')
      resolve('The search takes too much memory. Ask for fewer lines, or a shorter time.');
    else reject(error);
  });
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
    void worker.terminate();
  }
}

function named(paths: readonly string[]): string[] {
  const more = paths.length - MOST_NAMED;
  return more <= 0 ? [...paths] : [...paths.slice(0, MOST_NAMED), `and ${more} more`];
}

function noFiles({ file }: LogQuery): string {
  return file === undefined
    ? 'There are no files at the registered paths.'
    : `No file of this source has ${JSON.stringify(file)} in its path.`;
}

function nothing({ level, words, pattern }: LogQuery): string {
  const hasText = words.length > 0 || pattern !== undefined;
  const why = level === undefined ? '' : ' Not every log names levels: leave level out and look for words as well.';
  return `No entry fits${hasText ? '; try fewer or other words, or a longer time' : ''}.${why}`;
}
