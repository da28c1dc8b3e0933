// Usage: npm run demo
// As npm start, on data of its own, with simulated model providers behind it and some sessions to look at. Nobody signs in.
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fill } from './demo/fill.ts';
import { startSimulator } from './provider-simulator/simulator.ts';
import { build, built, endWithParent, root } from './workspace.mjs';

/** Whatever of these is set belongs to a real installation: its database, its keys, its doors. */
const NOT_FOR_A_DEMO = /^(DATABASE_URL|OPSAGENT_(MASTER_KEY|ADMIN_.*|APP_KEY)|[A-Z]+_API_KEY|HOST)$/;

endWithParent();
await build();
process.setSourceMapsEnabled(true);
// In this process, so that it cannot be left behind.
const simulator = await startSimulator({ log: false });
await setEnvironment();
await built('main.js');
const address = `http://localhost:${process.env.PORT}`;
await fill(address, simulator.url).catch((error) => {
  // The server itself is up: what was made so far can be looked at.
  console.error(`The demonstration is not complete: ${error.message}`);
});
console.log(`Demonstration, every model is simulated: open ${address} — no sign-in; Ctrl-C ends it.`);

async function setEnvironment() {
  for (const name of Object.keys(process.env)) if (NOT_FOR_A_DEMO.test(name)) delete process.env[name];
  const { usualDataFolder } = await built('platform/database/data-folder.js');
  process.env.OPSAGENT_DATA_DIR ||= join(usualDataFolder(root), 'demo');
  process.env.OPSAGENT_AUTH = 'off';
  process.env.OPSAGENT_ENVIRONMENT = '演示 demo';
  process.env.OPSAGENT_OUTBOUND_ALLOW = `127.0.0.1:${simulator.port}`;
  process.env.PORT ||= '8000';
  if (process.env.PORT === '0') process.env.PORT = String(await freePort());
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
