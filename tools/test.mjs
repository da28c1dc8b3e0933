// Usage: npm test
// Type check, lint, format, unit, database, HTTP and browser tests; the last line is "N passed, N failed".
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { missingServers } from './real-servers.mjs';
import { endWithParent, node, outcome, runNx } from './workspace.mjs';

const chromium = process.env.CHROMIUM_PATH || '/usr/bin/chromium';
const results = mkdtempSync(join(tmpdir(), 'opsagent-results-'));
const piped = { stdio: ['ignore', 'pipe', 'pipe'] };
let passed = 0;
let failed = 0;
let running;

endWithParent();
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    running?.kill('SIGTERM');
    process.exit(1);
  });
}

await check('Types', () => runNx(['run-many', '-t', 'typecheck'], piped));
await check('Lint', () => runNx(['run-many', '-t', 'lint'], piped));
await check('Format', () =>
  node(['node_modules/prettier/bin/prettier.cjs', '--check', '.', '--log-level', 'warn'], piped),
);
await check('Build', () => runNx(['run-many', '-t', 'build', 'states'], piped));
await jest();
await browser();
rmSync(results, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

/** Counts as one test; its words are shown when it fails. */
async function check(name, start) {
  const from = Date.now();
  running = start();
  const { code, output } = await outcome(running);
  if (code !== 0) console.log(output);
  report(name, code === 0 ? 1 : 0, code === 0 ? 0 : 1, from);
}

async function jest() {
  const from = Date.now();
  const file = join(results, 'jest.json');
  const args = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];
  // A connection that a test forgot must not keep everyone waiting.
  running = node([...args, '--silent', '--forceExit', '--json', `--outputFile=${file}`], piped);
  const { code, output } = await outcome(running);
  const summary = read(file);
  if (!summary) {
    console.log(output);
    return report('Jest', 0, 1, from);
  }
  for (const suite of summary.testResults) if (suite.status === 'failed') console.log(suite.message);
  // A file that cannot even be loaded has no tests to count.
  const broken = summary.numRuntimeErrorTestSuites;
  const silent = code !== 0 && summary.numFailedTests + broken === 0 ? 1 : 0;
  for (const { folder, packages } of missingServers())
    console.log(`Tests against ${folder} were left out: install ${packages} from Debian.`);
  report('Unit, database and HTTP tests', summary.numPassedTests, summary.numFailedTests + broken + silent, from);
}

async function browser() {
  const from = Date.now();
  if (!existsSync(chromium)) return withoutBrowser();
  const file = join(results, 'playwright.json');
  const args = [
    'node_modules/@playwright/test/cli.js',
    'test',
    '-c',
    'apps/admin/playwright.config.ts',
    '--reporter=json',
  ];
  running = node(args, { ...piped, env: { CHROMIUM_PATH: chromium, PLAYWRIGHT_JSON_OUTPUT_NAME: file } });
  const { code, output } = await outcome(running);
  const summary = read(file);
  if (!summary) {
    console.log(output);
    return report('Browser tests', 0, 1, from);
  }
  const specs = summary.suites.flatMap(specsIn);
  for (const spec of specs) if (!spec.ok) console.log(failureOf(spec));
  for (const spec of specs)
    if (spec.tests.some(({ status }) => status === 'flaky'))
      console.log(`Passed only at the second try: ${failureOf(spec)}`);
  for (const error of summary.errors) console.log(error.message);
  const bad = specs.filter(({ ok }) => !ok).length + summary.errors.length;
  report('Browser tests', specs.length - specs.filter(({ ok }) => !ok).length, bad || (code === 0 ? 0 : 1), from);
}

function withoutBrowser() {
  const how = 'install one ("apt-get install chromium fonts-noto-cjk" on Debian) or name it in CHROMIUM_PATH';
  if (process.env.OPSAGENT_REQUIRE_BROWSER) {
    console.log(`There is no Chromium at ${chromium}; ${how}.`);
    report('Browser tests', 0, 1, Date.now());
  } else console.log(`Browser tests were left out: there is no Chromium at ${chromium}; ${how}.`);
}

function specsIn(suite) {
  return [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specsIn)];
}

function failureOf({ title, file, line, tests }) {
  const errors = tests.flatMap(({ results }) => results.flatMap((result) => result.errors ?? []));
  return `${file}:${line} ${title}\n${errors.map(({ message }) => message).join('\n')}`;
}

function report(name, good, bad, from) {
  passed += good;
  failed += bad;
  console.log(`${name}: ${good} passed, ${bad} failed in ${((Date.now() - from) / 1000).toFixed(0)} s`);
}

function read(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}
