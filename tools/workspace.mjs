// What the scripts of this folder share: where the workspace is, and how its tasks are run.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Nx without its daemon, its cloud and its full-screen view. */
export const nxEnvironment = { NX_DAEMON: 'false', NX_NO_CLOUD: 'true', NX_TUI: 'false' };

const nx = join(root, 'node_modules/nx/dist/bin/nx.js');

/** Says every few seconds that something slow is still going on, until the answered function is called. */
export function tellElapsed(what) {
  const from = Date.now();
  const timer = setInterval(() => console.log(`… ${what}, ${Math.round((Date.now() - from) / 1000)} s`), 5_000);
  return () => {
    clearInterval(timer);
    return ((Date.now() - from) / 1000).toFixed(1);
  };
}

/** Starts a Node program in the workspace. */
export function node(args, options = {}) {
  const { env, ...rest } = options;
  return spawn(process.execPath, args, { cwd: root, env: { ...process.env, ...nxEnvironment, ...env }, ...rest });
}

/** Starts Nx. */
export function runNx(args, options = {}) {
  return node([nx, ...args], options);
}

/** Resolves with the exit code and everything that was printed. */
export function outcome(child) {
  let output = '';
  child.stdout?.on('data', (data) => (output += data));
  child.stderr?.on('data', (data) => (output += data));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code: code ?? 1, output })));
}

const PARENT_CHECK_MS = 500;

/** A SIGTERM sent to `npm run …` ends npm and its shell only; what runs here must not stay behind. */
export function endWithParent() {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
  }, PARENT_CHECK_MS).unref();
}

/** Builds what has changed. Ends the process with the build's own words when it fails. */
export async function build() {
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

/** Imports a module of the built API. */
export function built(path) {
  return import(pathToFileURL(join(root, 'dist/api/apps/api/src', path)).href);
}
