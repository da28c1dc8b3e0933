// Usage: npm start
// Builds what has changed and serves the API and the console from this process.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { outcome, root, runNx } from './workspace.mjs';

const PARENT_CHECK_MS = 500;

await build();
endWithParent();
process.setSourceMapsEnabled(true);
await import(pathToFileURL(join(root, 'dist/api/apps/api/src/main.js')).href);

async function build() {
  console.log('Checking the build …');
  const from = Date.now();
  const { code, output } = await outcome(runNx(['run-many', '-t', 'build'], { stdio: ['ignore', 'pipe', 'pipe'] }));
  if (code !== 0) {
    console.error(output);
    console.error('The build failed; what is wrong stands above.');
    process.exit(1);
  }
  console.log(`Build ready after ${((Date.now() - from) / 1000).toFixed(1)} s`);
}

/** A SIGTERM sent to `npm start` ends npm and its shell only; the server must not stay behind and hold the port. */
function endWithParent() {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
  }, PARENT_CHECK_MS).unref();
}
