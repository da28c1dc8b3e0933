// An MCP server that is a program, made with the SDK: it tells its environment, and can hang and leave children behind.
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';

const inputSchema = { type: 'object', properties: {} };
const folder = process.argv.find((text) => text.startsWith('--hung='))?.slice('--hung='.length);
const names = ['environment', 'pids', 'hang', 'die', 'endless'];
const server = new Server({ name: 'program', version: '1' }, { capabilities: { tools: {} } });
const child = spawn('sleep', ['600'], { stdio: 'ignore' });

server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: names.map((name) => ({ name, inputSchema })) }));
server.setRequestHandler(CallToolRequestSchema, async ({ params: { name } }) => {
  if (name === 'die') process.exit(3);
  if (name === 'hang' && folder) writeFileSync(`${folder}/${process.pid}`, '');
  if (name === 'hang') await new Promise(() => setInterval(() => undefined, 1000));
  if (name === 'endless') for (;;) await new Promise((done) => process.stdout.write('x'.repeat(1_000_000), done));
  const told = name === 'pids' ? [process.pid, child.pid] : process.env;
  return { content: [{ type: 'text', text: JSON.stringify(told) }] };
});
if (process.argv.includes('--deaf')) for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => undefined);
await server.connect(new StdioServerTransport());
