import { parentPort, workerData } from 'node:worker_threads';

/** What a thread looks for. */
export interface LineSearchTask {
  readonly pattern: string;
  readonly flags: string;
}

/** A line that matches, by its place in the text from 0. */
export interface LineFound {
  readonly line: number;
  readonly text: string;
}

/** What of a long line goes back. */
const LONGEST = 10_000;

const { pattern, flags } = workerData as LineSearchTask;
const expression = new RegExp(pattern, flags);

parentPort?.on('message', (text: string) => {
  const found: LineFound[] = [];
  for (const [line, content] of text.split('\n').entries()) {
    if (expression.test(content)) found.push({ line, text: content.slice(0, LONGEST) });
  }
  parentPort?.postMessage(found);
});
