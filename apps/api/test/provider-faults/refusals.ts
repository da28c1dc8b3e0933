import { gzipSync } from 'node:zlib';
import {
  chunk,
  delta,
  END,
  events,
  GOOD,
  HANG,
  head,
  http,
  json,
  LAST_CHUNK,
  RESET,
  SSE_HEAD,
} from '../support/raw-provider.js';
import { PAGE, type FaultCase } from './fault-case.js';

const said = (error: unknown): string => JSON.stringify({ error });
const keyOf = (request: string): string => /authorization: (.*)\r/i.exec(request)?.[1] ?? '';
const text = (said: string): string => events(delta({ role: 'assistant', content: said }));

export const REFUSALS: readonly FaultCase[] = [
  {
    name: '400 with a code',
    says: [[json(400, { error: { message: 'no', code: 'unsupported_parameter' } })]],
    fault: 'bad_request',
  },
  {
    name: '400 with a sentence',
    says: [[json(400, { message: "This model's maximum context length is 8192 tokens." })]],
    fault: 'context_too_long',
  },
  {
    name: '401 that quotes the key',
    says: [
      [
        (request) =>
          json(401, { error: { message: `Bad key: ${keyOf(request)}` } }, { 'x-request-id': keyOf(request) }),
      ],
    ],
    fault: 'invalid_key',
  },
  { name: '401 without a body', says: [[http(401, '', '')]], fault: 'invalid_key' },
  {
    name: '401 whose body breaks off',
    says: [[head(401, { 'content-type': 'application/json', 'content-length': '900' }), '{"error":{"mess', RESET]],
    fault: 'invalid_key',
  },
  { name: '401 as a PAGE', says: [[http(401, 'text/html', PAGE)]], fault: 'invalid_key' },
  {
    name: '401 whose body never ends',
    says: [[head(401, { 'transfer-encoding': 'chunked' }), chunk('x'), HANG]],
    fault: 'invalid_key',
  },
  { name: '402', says: [[json(402, {})]], fault: 'insufficient_balance' },
  { name: '403 in plain words', says: [[http(403, 'text/plain', 'forbidden')]], fault: 'permission' },
  { name: '404 as a PAGE', says: [[http(404, 'text/html', PAGE)]], fault: 'model_not_found' },
  { name: '408', says: [[http(408, '', '', { 'retry-after': '0' })]], fault: 'timeout', asked: 3 },
  { name: '409', says: [[http(409, '', '')]], fault: 'bad_request' },
  { name: '413 in plain words', says: [[http(413, 'text/plain', 'Payload Too Large')]], fault: 'bad_request' },
  {
    name: '422 of FastAPI',
    says: [[json(422, { detail: [{ loc: ['body', 'x'], msg: 'field required' }] })]],
    fault: 'bad_request',
    words: 'field required',
  },
  { name: '429 that asks for two minutes', says: [[http(429, '', '', { 'retry-after': '120' })]], fault: 'rate_limit' },
  {
    name: '429 that means money',
    says: [[json(429, { error: { message: 'x', code: 'insufficient_quota' } })]],
    fault: 'insufficient_balance',
  },
  {
    name: '429 that speaks of tokens',
    says: [[json(429, { error: { message: 'too many tokens per minute' } }, { 'retry-after': '0' })]],
    fault: 'rate_limit',
    asked: 3,
  },
  {
    name: '429 once, with milliseconds',
    says: [[http(429, '', '', { 'retry-after-ms': '20', 'retry-after': '60' })], [GOOD]],
    fault: 'none',
    asked: 2,
    text: 'fine',
  },
  {
    name: '500 once',
    says: [[http(500, '', '', { 'retry-after': '0' })], [GOOD]],
    fault: 'none',
    asked: 2,
    text: 'fine',
  },
  { name: '500 always', says: [[http(500, '', '', { 'retry-after': '0' })]], fault: 'server', asked: 3 },
  { name: '503', says: [[http(503, '', '', { 'retry-after': '0' })]], fault: 'overloaded', asked: 3 },
  { name: '504 as a PAGE', says: [[http(504, 'text/html', PAGE, { 'retry-after': '0' })]], fault: 'server', asked: 3 },
  {
    name: 'a redirect',
    says: [[head(307, { location: 'http://127.0.0.1:1/v1', 'content-length': '0' })]],
    fault: 'bad_request',
    words: 'redirect',
  },
  {
    name: 'a body of Chinese split anywhere',
    says: [
      [
        head(400, { 'transfer-encoding': 'chunked' }),
        ...splitAt(said({ message: '余额不足，请充值' }), 22),
        LAST_CHUNK,
      ],
    ],
    fault: 'insufficient_balance',
    words: '余额不足，请充值',
  },
];

export const NO_STREAMS: readonly FaultCase[] = [
  { name: '200 with a website', says: [[http(200, 'Text/HTML', PAGE)]], fault: 'server', words: 'check its address' },
  {
    name: '200 with an error in JSON',
    says: [[json(200, { error: { message: 'x', code: 'insufficient_quota' } })]],
    fault: 'insufficient_balance',
  },
  {
    name: '200 with a status as its code',
    says: [[json(200, { error: { message: 'x', code: 401 } })]],
    fault: 'invalid_key',
  },
  {
    name: '200 with JSON that says it is a stream',
    says: [[SSE_HEAD + chunk(said({ message: 'x', code: 'rate_limit_exceeded' })) + LAST_CHUNK, END]],
    fault: 'rate_limit',
    asked: 3,
  },
  {
    name: '200 with JSON that says it is text',
    says: [[http(200, 'text/plain', said({ message: 'x', code: 'model_not_found' }))]],
    fault: 'model_not_found',
  },
  {
    name: '200 with XML',
    says: [[http(200, 'application/xml', '<Error><Code>AccessDenied</Code></Error>')]],
    fault: 'server',
  },
  {
    name: '200 with a whole answer',
    says: [[json(200, { choices: [{ message: { content: 'hi' }, finish_reason: 'stop' }] })]],
    fault: 'server',
  },
  { name: '200 with nothing', says: [[SSE_HEAD + LAST_CHUNK]], fault: 'cut_off' },
  { name: '204', says: [[head(204, {})]], fault: 'server' },
  {
    name: 'a stream packed without being asked',
    says: [
      [
        http(200, 'text/event-stream', '', {
          'content-encoding': 'gzip',
          'content-length': String(gzipSync(text('x')).length),
        }),
        gzipSync(text('x')),
      ],
    ],
    fault: 'server',
  },
];

/** Cuts a text into two transfer chunks, inside a character if that is where the byte is. */
function splitAt(said: string, at: number): Buffer[] {
  const bytes = Buffer.from(said);
  return [bytes.subarray(0, at), bytes.subarray(at)].map((part) =>
    Buffer.concat([Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n')]),
  );
}
