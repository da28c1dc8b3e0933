// Usage: keeper.mjs LOG PROGRAM [ARGUMENT…]
// Keeps a Node program running: starts it again half a second after it has ended, and logs that.
import { spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';

const [log, program, ...args] = process.argv.slice(2);
let restarts = 0;
let child;
const say = (level, text) => appendFileSync(log, `${new Date().toISOString()} ${level} ${text}\n`);

function start() {
  child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const { pid } = child;
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => appendFileSync(log, text));
  child.on('exit', (code) => {
    restarts += 1;
    say('ERROR', `keeper: process ${pid} exited with code ${code}, restart ${restarts} in 500 ms`);
    setTimeout(start, 500);
  });
}

process.title = 'keeper orders-api';
for (const signal of ['SIGTERM', 'SIGINT']) {
  process.on(signal, () => {
    child.removeAllListeners('exit');
    child.kill('SIGKILL');
    process.exit(0);
  });
}
start();
