// Usage: npm run catalogue -- --from api.json --out catalogue.json [--as-of 2026-11-22]
// Turns a downloaded https://models.dev/api.json into a file for OPSAGENT_MODEL_CATALOGUE. Asks no network.
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { fromModelsDev } from './models-dev.ts';

const { values } = parseArgs({
  options: { from: { type: 'string' }, out: { type: 'string' }, 'as-of': { type: 'string' } },
});
const { from, out, 'as-of': asOf = new Date().toISOString().slice(0, 10) } = values;
try {
  if (from === undefined || out === undefined) throw new Error('Usage: --from api.json --out catalogue.json');
  if (!/^\d{4}-\d{2}-\d{2}$/.test(asOf)) throw new Error(`--as-of ${asOf} is no day such as 2026-11-22`);
  const catalogue = fromModelsDev(JSON.parse(readFileSync(inCaller(from), 'utf8')), asOf);
  writeFileSync(inCaller(out), `${JSON.stringify(catalogue, null, 2)}\n`);
  console.log(`${catalogue.entries.length} models of ${asOf} are in ${out}.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

/** npm runs scripts in the workspace's folder, whatever folder it was called in. */
function inCaller(path: string): string {
  return resolve(process.env['INIT_CWD'] ?? '', path);
}
