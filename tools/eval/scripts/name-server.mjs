// Usage: name-server.mjs PORT ZONE-FILE
// A name server of one zone over UDP, with a TCP port that only listens. It logs what it is asked and what it does not know.
import { Buffer } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

const [port, file] = process.argv.slice(2);
const say = (level, text) => console.log(`${new Date().toISOString()} ${level} ${text}`);
const lines = readFileSync(file, 'utf8').trim().split('\n');
const serial = lines[0].split(' ')[1];
const records = new Map(lines.slice(1).map((line) => line.split(' ')));
say('INFO', `zone shop.internal loaded: serial ${serial}, ${records.size} records`);

/** RFC 1035 §4.1: the question of a message. */
function questionIn(message) {
  const labels = [];
  let at = 12;
  while (message[at] !== 0) {
    labels.push(message.subarray(at + 1, at + 1 + message[at]).toString('latin1'));
    at += message[at] + 1;
  }
  return { name: labels.join('.').toLowerCase(), end: at + 5 };
}

function answerTo(message) {
  const { name, end } = questionIn(message);
  const address = records.get(name);
  const head = Buffer.from(message.subarray(0, 12));
  head.writeUInt16BE(address ? 0x8580 : 0x8583, 2);
  head.writeUInt16BE(address ? 1 : 0, 6);
  head.fill(0, 8);
  if (!address) say('ERROR', `answered NXDOMAIN to ${name} A: no such record in zone shop.internal, serial ${serial}`);
  const question = message.subarray(12, end);
  if (!address) return Buffer.concat([head, question]);
  const record = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 5, 0, 4, ...address.split('.').map(Number)]);
  return Buffer.concat([head, question, record]);
}

const socket = createSocket('udp4');
socket.on('message', (message, { port: from, address }) => socket.send(answerTo(message), from, address));
socket.bind(Number(port), '127.0.0.1');
createServer((client) => client.on('error', () => undefined)).listen(Number(port), '127.0.0.1');
