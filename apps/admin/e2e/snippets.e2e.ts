import { spawn } from 'node:child_process';
import { SNIPPET, type SnippetKind, snippetOf } from '../src/app/dify-app/snippets.js';
import { expect, test } from './support/console.js';

const RUN: Readonly<Record<SnippetKind, readonly [command: string, ...args: string[]]>> = {
  curl: ['sh', '-s'],
  javascript: [process.execPath, '--input-type=module', '-'],
  python: ['python3', '-'],
  'dify-client': [process.execPath, '--input-type=module', '-'],
};

/** What a program prints whose text is given by its standard input. */
function printed(kind: SnippetKind, text: string, key: string): Promise<string> {
  const [command, ...args] = RUN[kind];
  const child = spawn(command, args, { env: { ...process.env, OPSAGENT_API_KEY: key } });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += String(chunk)));
  child.stdin.end(text);
  return new Promise((done, failed) => {
    child.once('error', failed);
    child.once('close', () => done(output));
  });
}

test('every example program prints the answer of an app, at once and as it comes', async ({ product }) => {
  const llm_config_id = await product.model('sim-echo');
  const app = { name: 'examples', mode: 'chat', llm_config_id };
  const { id } = await product.call<{ id: string }>('/api/apps', { method: 'POST', body: app });
  const body = { name: 'examples' };
  const { key } = await product.call<{ key: string }>(`/api/apps/${id}/keys`, { method: 'POST', body });
  for (const kind of SNIPPET)
    for (const isStreaming of [false, true]) {
      const output = await printed(kind, snippetOf(kind, `${product.url}/v1`, isStreaming), key);
      expect
        .soft(output, `${kind}, streaming: ${isStreaming}`)
        .toContain(isStreaming && kind === 'curl' ? '"event":"message_end"' : 'What can you do?');
    }
});
