import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Injectable } from '@nestjs/common';
import { ImportUnreadable } from '../transfer.errors.js';
import type { TreeAnswer } from './file-tree.worker.js';

/** Far more than ten thousand configurations take. YAML costs its reader a hundred times its size. */
const MOST_YAML = 8_000_000;
const LONGEST_MS = 20_000;
const MOST_MEMORY_MB = 1024;
const WORKER = new URL(`./file-tree.worker${extname(import.meta.filename)}`, import.meta.url);

/** The values of a file, and the lines at which the entries of its list begin. */
export interface FileTree {
  readonly tree: unknown;
  readonly lines: readonly number[];
}

/** Reads JSON and YAML that nobody knows anything about, in a thread with bounded time and memory; one file at a time. */
@Injectable()
export class FileTrees {
  private last: Promise<unknown> = Promise.resolve();

  /** @throws ImportUnreadable with the line, where there is one */
  read(content: string): Promise<FileTree> {
    const text = content.replace(/^\uFEFF/, '');
    if (text.length > MOST_YAML && !/^\s*[[{]/.test(text)) throw new ImportUnreadable('is too large: write it as JSON');
    const reading = this.last.then(() => treeOf(text));
    this.last = reading.catch(() => undefined);
    return reading;
  }
}

async function treeOf(text: string): Promise<FileTree> {
  const answer = await answerOf(text);
  if ('because' in answer) throw new ImportUnreadable(answer.because, answer.line);
  return { tree: JSON.parse(answer.json), lines: answer.lines };
}

function answerOf(text: string): Promise<TreeAnswer> {
  const worker = new Worker(WORKER, { workerData: text, resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MB } });
  return new Promise<TreeAnswer>((resolve, reject) => {
    const timer = setTimeout(() => end(() => reject(new ImportUnreadable('takes too long to read'))), LONGEST_MS);
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      settle();
      void worker.terminate();
    };
    worker.once('message', (answer: TreeAnswer) => end(() => resolve(answer)));
    worker.once('error', (error: NodeJS.ErrnoException) => {
      const isTooLarge = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      end(() => reject(isTooLarge ? new ImportUnreadable('is too large to read') : error));
    });
  });
}
