// Usage: node tools/bench/sse-parser.ts PORT TARGET_PORT
// The least that a server which understands a stream can do: undici, each frame parsed and its piece written again, nothing else.
import { createServer, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { Pool, type Dispatcher } from 'undici';

interface Frame {
  readonly choices?: readonly { readonly delta?: { readonly content?: string } }[];
}

const [port, target] = process.argv.slice(2).map(Number);
const pool = new Pool(`http://127.0.0.1:${target}`, { connections: 1024 });
const server = createServer((incoming, outgoing) => {
  void (async () => {
    const { method, url: path = '/', headers } = incoming;
    const { authorization = '' } = headers;
    const body = method === 'POST' ? await buffer(incoming) : null;
    const answer = await pool.request({
      ...{ method: method as Dispatcher.HttpMethod, path, body },
      headers: { authorization, 'content-type': 'application/json' },
    });
    const type = String(answer.headers['content-type']);
    outgoing.writeHead(answer.statusCode, { 'content-type': type });
    if (type.startsWith('text/event-stream')) await retell(answer.body, outgoing);
    else outgoing.end(await answer.body.bytes());
  })().catch(() => outgoing.destroy());
});
server.listen(port, '127.0.0.1');
process.once('SIGTERM', () => process.exit());

/** Writes once per read, as everything does that is measured here. */
async function retell(body: AsyncIterable<Buffer>, outgoing: ServerResponse): Promise<void> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const bytes of body) {
    const frames = (rest + decoder.decode(bytes, { stream: true })).split('\n\n');
    rest = frames.pop() ?? '';
    outgoing.write(frames.map(retold).join(''));
  }
  outgoing.end();
}

function retold(frame: string): string {
  const data = frame.startsWith('data: ') ? frame.slice(6) : '';
  if (data === '[DONE]') return 'data: [DONE]\n\n';
  const content = data === '' ? undefined : (JSON.parse(data) as Frame).choices?.[0]?.delta?.content;
  return content ? `data: {"content":${JSON.stringify(content)}}\n\n` : '';
}
