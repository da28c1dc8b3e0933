import { register } from 'node:module';
import { pathToFileURL } from 'node:url';

/** Starts the database of this test run and migrates the template that every test database is copied from. */
export default async function globalSetup() {
  // Jest loads this file as it is; the api behind it needs decorators, and `.js` in imports to mean `.ts`.
  process.env.SWC_NODE_PROJECT ??= 'tsconfig.base.json';
  register('@swc-node/register/esm', pathToFileURL('./').toString());
  await import('reflect-metadata');
  const { startTestServer } = await import('./test-server.ts');
  const server = await startTestServer(process.env.TEST_DATABASE_URL);
  process.env.OPSAGENT_TEST_SERVER = JSON.stringify(server.facts);
  globalThis.stopTestServer = server.stop;
  // Jest's teardown is left out when the run is broken off, and the server outlives its parent.
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => server.stop().finally(() => process.exit(1)));
}
