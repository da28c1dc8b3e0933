// Usage: npm run dev
// The API on 8000, restarted on every change, and the console's development server on 8080 in front of it.
import { endWithParent, node, runNx } from './workspace.mjs';

const api = node(
  ['--watch', '--enable-source-maps', '--import', '@swc-node/register/esm-register', 'apps/api/src/main.ts'],
  { env: { SWC_NODE_PROJECT: 'tsconfig.base.json' }, stdio: 'inherit' },
);
const console8080 = runNx(['serve', 'admin'], { stdio: 'inherit' });
const children = [api, console8080];

endWithParent();
let isEnding = false;
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => end(0));
for (const child of children) child.on('exit', (code) => end(code ?? 1));

/** Both end together: half of a development server only misleads. */
function end(code) {
  if (isEnding) return;
  isEnding = true;
  for (const child of children) child.kill('SIGTERM');
  setTimeout(() => process.exit(code), 3000).unref();
  void Promise.all(
    children.map((child) => (child.exitCode === null ? new Promise((r) => child.on('exit', r)) : null)),
  ).then(() => process.exit(code));
}
