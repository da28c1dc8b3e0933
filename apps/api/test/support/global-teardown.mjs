/** Stops the database of this test run. */
export default async function globalTeardown() {
  await globalThis.stopTestServer();
}
