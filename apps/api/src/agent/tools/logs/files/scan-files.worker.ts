// A thread of its own: large files and patterns that never end cost neither the other requests' time nor the process's memory.
import { registerHooks } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import type { FileScanTask } from './scan-files.js';

// Loaded from the source as well, where what is imported as `.js` is there as `.ts`.
if (import.meta.filename.endsWith('.ts')) {
  registerHooks({ resolve: (name, context, next) => next(name.replace(/^(\..*)\.js$/, '$1.ts'), context) });
}
const { scanFiles } = await import('./scan-files.js');
parentPort?.postMessage(await scanFiles(workerData as FileScanTask));
