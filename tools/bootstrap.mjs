// Usage: node tools/bootstrap.mjs
// Installs what is missing and checks the Node that the scripts will run on. Plain JavaScript that an old Node can read.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, tellElapsed } from './workspace.mjs';

const modules = join(root, 'node_modules');
const lockFile = join(root, 'package-lock.json');
const stamp = join(modules, '.opsagent-installed');

const lockHash = createHash('sha256').update(readFileSync(lockFile)).digest('hex');
if (!isInstalled()) {
  await install();
  writeFileSync(stamp, lockHash);
}
requireNode();

/** Also content with an install that somebody made by hand after the lock file last changed. */
function isInstalled() {
  if (existsSync(stamp)) return readFileSync(stamp, 'utf8') === lockHash;
  const own = join(modules, '.package-lock.json');
  return existsSync(own) && statSync(own).mtimeMs > statSync(lockFile).mtimeMs;
}

function install() {
  console.log('Installing packages (once, a minute or two) …');
  const done = tellElapsed('still installing');
  const npm = process.env.npm_execpath ? [process.execPath, [process.env.npm_execpath]] : ['npm', []];
  const args = [...npm[1], 'ci', '--no-audit', '--no-fund', '--loglevel=error'];
  return new Promise((resolve) => {
    const child = spawn(npm[0], args, {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
      shell: npm[0] === 'npm' && process.platform === 'win32',
    });
    child.on('exit', (code) => {
      const seconds = done();
      if (code !== 0) stop('The packages could not be installed; npm said why above.');
      console.log(`Packages installed in ${seconds} s`);
      resolve();
    });
  });
}

/** The scripts find the packaged Node first on PATH, where there is one for this system. */
function requireNode() {
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const bin = join(modules, '.bin');
  const PATH = `${bin}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH}`;
  const { stdout } = spawnSync('node', ['-p', 'process.versions.node'], {
    env: { ...process.env, PATH },
    encoding: 'utf8',
  });
  const [major = 0, minor = 0] = (stdout || '').split('.').map(Number);
  if (major >= 26 || (major === 24 && minor >= 15)) return;
  stop(
    `OpsAgent needs Node ${engines.node}, and this system has ${(stdout || '').trim() || 'none'}. Install a newer one and try again.`,
  );
}

function stop(sentence) {
  console.error(sentence);
  process.exit(1);
}
