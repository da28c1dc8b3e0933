import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Injectable } from '@nestjs/common';
import type { TextAnswer, TextTask } from './document-text.worker.js';

const LONGEST_MS = 20_000;
const MOST_MEMORY_MB = 512;
/** Bytes outside the thread's own heap are bounded by what the whole process grows by. */
const MOST_GROWTH = 1024 * 1024 * 1024;
const LOOK_EVERY_MS = 100;
const WORKER = new URL(`./document-text.worker${extname(import.meta.filename)}`, import.meta.url);

/** Reads the text of documents that nobody knows anything about, in threads with bounded time and memory; two at a time. */
@Injectable()
export class DocumentTexts {
  private readonly lanes: Promise<unknown>[] = [Promise.resolve(), Promise.resolve()];
  private next = 0;

  /** Never fails for the sake of a document: then it is told why there is no text. */
  read(task: TextTask): Promise<TextAnswer> {
    const lane = (this.next = (this.next + 1) % this.lanes.length);
    const reading = Promise.resolve(this.lanes[lane]).then(() => answerOf(task));
    this.lanes[lane] = reading.catch(() => undefined);
    return reading;
  }
}

function answerOf(task: TextTask): Promise<TextAnswer> {
  const before = process.memoryUsage.rss();
  const worker = new Worker(WORKER, { workerData: task, resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MB } });
  return new Promise<TextAnswer>((resolve) => {
    const end = (answer: TextAnswer): void => {
      clearTimeout(timer);
      clearInterval(watch);
      resolve(answer);
      void worker.terminate();
    };
    const timer = setTimeout(() => end({ because: 'takes too long to read' }), LONGEST_MS);
    const watch = setInterval(() => {
      if (process.memoryUsage.rss() - before > MOST_GROWTH) end({ because: 'is too large inside' });
    }, LOOK_EVERY_MS);
    worker.once('message', end);
    worker.once('error', (error: NodeJS.ErrnoException) =>
      end({ because: error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'is too large inside' : 'is damaged' }),
    );
    worker.once('exit', () => end({ because: 'is damaged' }));
  });
}
