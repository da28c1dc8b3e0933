// Usage: node tools/bench/raw-proxy.ts PORT TARGET_PORT
// The least a server in Node can do between a client and a model: node:http on both sides and not a byte looked at.
import { Agent, createServer, request } from 'node:http';

const [port, target] = process.argv.slice(2).map(Number);
const agent = new Agent({ keepAlive: true });
const server = createServer((incoming, outgoing) => {
  const { method, url: path, headers } = incoming;
  const onward = request({ host: '127.0.0.1', port: target, method, path, headers, agent }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  onward.on('error', () => outgoing.destroy());
  outgoing.on('close', () => onward.destroy());
  incoming.pipe(onward);
});
server.listen(port, '127.0.0.1');
process.once('SIGTERM', () => process.exit());
