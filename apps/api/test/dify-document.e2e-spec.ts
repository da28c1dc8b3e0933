import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { workspaceRoot } from '../src/platform/config/workspace-root.js';
import { APP_KEY, DifyServer, answerIn, eventsIn } from './support/dify-server.js';

const run = promisify(execFile);

/** The programs in the document about Dify clients, as a reader would copy them. */
const PROGRAMS = [
  ...readFileSync(join(workspaceRoot(), 'docs/dify.md'), 'utf8').matchAll(/```(sh|js)\n([\s\S]*?)```/g),
].map(([, language, text = '']) => ({ language: language as 'sh' | 'js', text, name: text.split('\n', 1)[0] }));

const STARTED_BY = { sh: ['sh', '-c'], js: [process.execPath, '--input-type=module', '--eval'] } as const;

describe('the document about Dify clients', () => {
  let dify: DifyServer;

  beforeAll(async () => {
    dify = await DifyServer.start();
    await dify.api('POST', `/api/llm-configs/${await dify.config('sim-echo')}/set-default`);
  });

  afterAll(() => dify.close());

  it('has programs', () => {
    expect(PROGRAMS.map(({ language }) => language)).toEqual(['sh', 'js', 'js']);
  });

  it.each(PROGRAMS)('has a program that runs: $name', async ({ language, text }) => {
    const [command, ...given] = STARTED_BY[language];
    const env = { PATH: process.env['PATH'], OPSAGENT_URL: dify.app.url, OPSAGENT_APP_KEY: APP_KEY };
    const { stdout } = await run(command, [...given, text], { cwd: workspaceRoot(), env });
    const said = language === 'sh' ? answerIn(eventsIn(stdout)) : stdout;
    expect(said).toContain('How is this host?');
  });
});
