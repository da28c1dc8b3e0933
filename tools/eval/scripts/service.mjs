// Usage: service.mjs idle|spin|hold|leak NAME [PORT]
// A process of this name that does nothing, uses a processor, or holds memory, always the same or ever more; with a port it tells its memory.
import { Buffer } from 'node:buffer';
import { createServer } from 'node:http';
import { setImmediate } from 'node:timers';

const [way, name, port] = process.argv.slice(2);
const MOST_MB = 160;
const SPIN_MS = 120_000;
process.title = name;
const kept = [];
const keep = (mb) => kept.push(Buffer.alloc(mb * 1024 * 1024, 1));

if (way === 'hold') keep(MOST_MB);
if (way === 'leak') setInterval(() => kept.length * 8 < MOST_MB && keep(8), 500);
if (way === 'spin') {
  const until = Date.now() + SPIN_MS;
  const spin = () => {
    const pauseAt = Date.now() + 90;
    while (Date.now() < pauseAt);
    if (Date.now() < until) setImmediate(spin);
  };
  spin();
}
if (port) {
  const service = name.split(' ')[0];
  const note = name.includes(' ') ? `,note=${JSON.stringify(name.slice(service.length + 1))}` : '';
  const figures = () => `process_resident_memory_bytes{service="${service}"${note}} ${process.memoryUsage.rss()}\n`;
  createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(figures());
  }).listen(Number(port), '127.0.0.1');
} else setInterval(() => undefined, 1_000);
