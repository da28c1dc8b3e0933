import {
  chunk,
  delta,
  END,
  events,
  GOOD,
  HANG,
  head,
  http,
  LAST_CHUNK,
  RESET,
  SSE_HEAD,
  type Script,
} from '../support/raw-provider.js';
import type { FaultCase } from './fault-case.js';

const text = (said: string): string => events(delta({ role: 'assistant', content: said }));
const call = (args: string, finish: string): string =>
  events(
    delta({ tool_calls: [{ index: 0, id: 'c', type: 'function', function: { name: 'clock', arguments: args } }] }),
    delta({}, finish),
    '[DONE]',
  );
const stream = (...pieces: string[]): Script => [SSE_HEAD + pieces.join('') + LAST_CHUNK];

export const STREAMS: readonly FaultCase[] = [
  {
    name: 'an error frame first',
    says: [stream(events({ error: { message: 'x', code: 'context_length_exceeded' } }))],
    fault: 'context_too_long',
  },
  {
    name: 'an error frame later',
    says: [stream(text('half'), events({ error: { message: 'x', type: 'server_error' } }))],
    fault: 'server',
    text: 'half',
  },
  {
    name: 'an error event',
    says: [stream(text('half'), chunk('event: error\ndata: {"message":"slow down","code":"rate_limit_exceeded"}\n\n'))],
    fault: 'rate_limit',
    text: 'half',
  },
  {
    name: 'an error event in words',
    says: [stream(text('half'), chunk('event: error\ndata: it broke\n\n'))],
    fault: 'server',
    text: 'half',
    words: 'it broke',
  },
  {
    name: 'a bare code',
    provider: 'tongyi',
    says: [stream(text('half'), events({ code: 'Throttling.RateQuota', message: 'x' }))],
    fault: 'rate_limit',
    text: 'half',
  },
  {
    name: 'a bare code beside no choices',
    provider: 'tongyi',
    says: [stream(text('half'), events({ code: 'DataInspectionFailed', message: 'x', choices: [] }))],
    fault: 'content_filter',
    text: 'half',
  },
  {
    name: 'an old error code',
    provider: 'baidu',
    says: [stream(text('half'), events({ error_code: 336_003, error_msg: 'x' }))],
    fault: 'server',
    text: 'half',
  },
  {
    name: 'an error object',
    provider: 'vllm',
    says: [stream(events({ object: 'error', message: 'the maximum context length is 9', type: 'BadRequestError' }))],
    fault: 'context_too_long',
  },
  {
    name: 'a detail',
    provider: 'vllm',
    says: [stream(text('half'), events({ detail: 'engine dead' }))],
    fault: 'server',
    text: 'half',
    words: 'engine dead',
  },
  {
    name: 'an error beside a finish',
    says: [
      stream(
        text('half'),
        events({ error: { message: 'x', code: 502 }, choices: [{ delta: {}, finish_reason: 'error' }] }),
      ),
    ],
    fault: 'server',
    text: 'half',
  },
  {
    name: 'a finish that is an error',
    says: [stream(text('half'), events(delta({}, 'error'), '[DONE]'))],
    fault: 'server',
    text: 'half',
  },
  {
    name: 'a finish that is an abort',
    provider: 'vllm',
    says: [stream(text('half'), events(delta({}, 'abort'), '[DONE]'))],
    fault: 'cut_off',
    text: 'half',
  },
  {
    name: 'no resources',
    provider: 'deepseek',
    says: [stream(text('half'), events(delta({}, 'insufficient_system_resource')))],
    fault: 'overloaded',
    text: 'half',
  },
  {
    name: 'a broken network behind',
    provider: 'zhipu',
    says: [stream(text('half'), events(delta({}, 'network_error')))],
    fault: 'server',
    text: 'half',
  },
  {
    name: 'a frame that is no JSON',
    says: [stream(text('half'), chunk('data: {"choices":[{"del\n\n'))],
    fault: 'server',
    text: 'half',
  },
  {
    name: 'a broken frame before the end',
    says: [stream(text('half'), chunk('data: {"choices":[{"del\ndata: [DONE]\n\n'))],
    fault: 'server',
    text: 'half',
  },
  { name: 'no finish', says: [stream(text('half'))], fault: 'cut_off', text: 'half' },
  {
    name: 'a mark of the end without a finish',
    says: [stream(text('half'), events('[DONE]'))],
    fault: 'cut_off',
    text: 'half',
  },
  {
    name: 'a connection closed before the last chunk',
    says: [[SSE_HEAD + text('half'), 20, END]],
    fault: 'cut_off',
    text: 'half',
  },
  { name: 'a connection that breaks', says: [[SSE_HEAD + text('half'), 20, RESET]], fault: 'cut_off', text: 'half' },
  {
    name: 'half a character at the end',
    says: [[head(200, { 'content-type': 'text/event-stream' }), Buffer.from('data: {"x":"你').subarray(0, -1), END]],
    fault: 'cut_off',
  },
  { name: 'half a tool call', says: [stream(call('{"zone":"Asia/', 'length'))], fault: 'truncated_tool_call' },
  { name: 'a whole tool call at the limit', says: [stream(call('{}', 'length'))], fault: 'truncated_tool_call' },
  { name: 'a tool call that was filtered', says: [stream(call('{}', 'content_filter'))], fault: 'content_filter' },
  {
    name: 'thoughts alone',
    says: [stream(events(delta({ reasoning_content: 'hm' }), delta({}, 'stop')))],
    fault: 'empty_answer',
  },
  {
    name: 'a line without an end',
    says: [[SSE_HEAD, ...Array.from({ length: 10 }, () => chunk('x'.repeat(1024 * 1024)))]],
    fault: 'server',
  },
];

export const SILENCES: readonly FaultCase[] = [
  {
    name: 'a wait that outlasts the call',
    says: [[http(429, '', '', { 'retry-after': '3' })]],
    fault: 'rate_limit',
  },
  { name: 'no byte at all', says: [[HANG]], fault: 'timeout', words: 'nothing came' },
  { name: 'a head and no more', says: [[SSE_HEAD, HANG]], fault: 'timeout', words: 'nothing came' },
  {
    name: 'silence in the middle',
    says: [[SSE_HEAD + text('half'), HANG]],
    fault: 'timeout',
    text: 'half',
    words: 'nothing more came',
  },
  {
    name: 'comments for ever',
    says: [[SSE_HEAD, ...Array.from({ length: 40 }, () => [chunk(': keep-alive\n\n'), 100]).flat()]],
    fault: 'timeout',
    words: 'no complete answer',
  },
  {
    name: 'drops for ever',
    says: [[SSE_HEAD, ...Array.from({ length: 40 }, () => [text('x'), 100]).flat()]],
    fault: 'timeout',
    words: 'no complete answer',
  },
  {
    name: 'comments, then silence',
    says: [[SSE_HEAD + text('half'), chunk(': keep-alive\n\n'), HANG]],
    fault: 'timeout',
    text: 'half',
    words: 'nothing more came',
  },
  {
    name: 'a finish and no end',
    says: [[SSE_HEAD + text('whole') + events(delta({}, 'stop')), HANG]],
    fault: 'none',
    text: 'whole',
  },
];

export const NO_ANSWERS: readonly FaultCase[] = [
  { name: 'a closed connection', says: [[END]], fault: 'unreachable', asked: 3 },
  { name: 'a broken connection once', says: [[RESET], [GOOD]], fault: 'none', asked: 2, text: 'fine' },
  {
    name: 'something that is not HTTP',
    says: [['SSH-2.0-OpenSSH_9.6\r\n', END]],
    fault: 'unreachable',
    words: 'did not answer in HTTP',
  },
  {
    name: 'a head without end',
    says: [['HTTP/1.1 200 OK\r\n', ...Array.from({ length: 50 }, () => `x-filler: ${'x'.repeat(1000)}\r\n`), END]],
    fault: 'unreachable',
    asked: 3,
  },
];
