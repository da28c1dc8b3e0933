// Usage: npm start
// Builds what has changed and serves the API and the console from this process.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { endWithParent, outcome, root, runNx, tellElapsed } from './workspace.mjs';

endWithParent();
await build();
process.setSourceMapsEnabled(true);
await import(pathToFileURL(join(root, 'dist/api/apps/api/src/main.js')).href);

async function build() {
  console.log('Checking the build …');
  const done = tellElapsed('still building');
  const { code, output } = await outcome(runNx(['run-many', '-t', 'build'], { stdio: ['ignore', 'pipe', 'pipe'] }));
  const seconds = done();
  if (code !== 0) {
    console.error(output);
    console.error('The build failed; what is wrong stands above.');
    process.exit(1);
  }
  console.log(`Build ready after ${seconds} s`);
}
