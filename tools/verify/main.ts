import { parseArgs } from 'node:util';
import { checkApi } from './api-checks.ts';
import { checkDify } from './dify-checks.ts';
import { Report } from './report.ts';

const OPTIONS = {
  url: { type: 'string', default: 'http://localhost:8000' },
  token: { type: 'string' },
  'app-key': { type: 'string' },
  'model-config-id': { type: 'string' },
} as const;

/** Checks a server and @returns the exit code. */
export async function main(args: readonly string[], say: (line: string) => void = console.log): Promise<number> {
  const values = read(args);
  if (typeof values === 'string') {
    say(values);
    return 2;
  }
  const report = new Report(say);
  const config = await checkApi(report, values.url, values.token, values['model-config-id']);
  const key = values['app-key'];
  if (key) await checkDify(report, values.url, key, config);
  else say('left out       /v1: no --app-key was given');
  await report.finish();
  say(report.failed === 0 ? `${values.url} works.` : `${values.url}: ${report.failed} of the checks failed.`);
  return report.failed === 0 ? 0 : 1;
}

function read(args: readonly string[]) {
  try {
    const { values } = parseArgs({ args: [...args], options: OPTIONS });
    return URL.canParse(values.url) ? values : `--url ${values.url} is not an address.`;
  } catch (error) {
    return (error as Error).message;
  }
}
