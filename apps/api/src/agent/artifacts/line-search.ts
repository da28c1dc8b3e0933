import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { LineFound, LineSearchTask } from './line-search.worker.js';

const LONGEST_MS = 10_000;
const MOST_MEMORY_MB = 128;
const WORKER = new URL(`./line-search.worker${extname(import.meta.filename)}`, import.meta.url);

/** Looks for lines by a pattern that nobody knows anything about, in a thread of its own with bounded time and memory. */
export class LineSearch {
  private readonly timer: NodeJS.Timeout;
  private failure: Error | undefined;
  private waiting: { resolve: (found: LineFound[]) => void; reject: (error: Error) => void } | undefined;

  private constructor(
    private readonly worker: Worker,
    signal: AbortSignal,
  ) {
    this.timer = setTimeout(() => this.fail(new Error('The pattern takes too long. Use a simpler one.')), LONGEST_MS);
    worker.on('message', (found: LineFound[]) => this.waiting?.resolve(found));
    worker.on('error', () => this.fail(new Error('The pattern takes too much memory. Use a simpler one.')));
    signal.addEventListener('abort', () => this.fail(signal.reason as Error), { once: true });
  }

  /** @throws Error, a sentence, when the pattern is none */
  static start(pattern: string, ignoresCase: boolean, signal: AbortSignal): LineSearch {
    const flags = ignoresCase ? 'iu' : 'u';
    const source = isPattern(pattern, flags) ? { pattern, flags } : { pattern, flags: flags.replace('u', '') };
    if (!isPattern(source.pattern, source.flags)) throw new Error(`The pattern is no regular expression: ${pattern}`);
    const workerData: LineSearchTask = source;
    return new LineSearch(
      new Worker(WORKER, { workerData, resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MB } }),
      signal,
    );
  }

  /** The matching lines of a text, by their place in it from 0. @throws Error when it takes too long */
  matchesIn(text: string): Promise<LineFound[]> {
    return new Promise((resolve, reject) => {
      if (this.failure) {
        reject(this.failure);
        return;
      }
      this.waiting = { resolve, reject };
      this.worker.postMessage(text);
    });
  }

  end(): void {
    clearTimeout(this.timer);
    void this.worker.terminate();
  }

  private fail(error: Error): void {
    this.failure = error;
    this.waiting?.reject(error);
    this.end();
  }
}

function isPattern(pattern: string, flags: string): boolean {
  try {
    return new RegExp(pattern, flags) instanceof RegExp;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
