import { HANG, http, json, LAST_CHUNK, lines, NDJSON_HEAD, RESET, type Script } from '../support/raw-provider.js';
import { PAGE, type FaultCase } from './fault-case.js';

const local = (...values: unknown[]): Script => [NDJSON_HEAD + lines(...values) + LAST_CHUNK];
const token = (message: object, rest: object = { done: false }): unknown => ({
  model: 'm',
  message: { role: 'assistant', ...message },
  ...rest,
});

export const OLLAMA: readonly FaultCase[] = [
  {
    name: 'a model that was not pulled',
    says: [[json(404, { error: 'model "x" not found, try pulling it first' })]],
    fault: 'model_not_found',
    words: 'try pulling it',
  },
  {
    name: 'a model without tools',
    says: [[json(400, { error: 'x does not support tools' })]],
    fault: 'bad_request',
    words: 'does not support tools',
  },
  { name: 'a key of its cloud', says: [[json(401, { error: 'unauthorized' })]], fault: 'invalid_key' },
  {
    name: 'a queue that is full',
    says: [[json(503, { error: 'server busy' }, { 'retry-after': '0' })]],
    fault: 'overloaded',
    asked: 3,
  },
  {
    name: 'a dead runner',
    says: [[json(500, { error: 'llama runner process has terminated' }, { 'retry-after': '0' })]],
    fault: 'server',
    asked: 3,
  },
  {
    name: 'an error in a 200',
    says: [[json(200, { error: 'model requires more system memory' })]],
    fault: 'server',
    words: 'system memory',
  },
  {
    name: 'an error line',
    says: [local(token({ content: 'half' }), { error: 'runner died' })],
    fault: 'server',
    text: 'half',
    words: 'runner died',
  },
  { name: 'no last line', says: [local(token({ content: 'half' }))], fault: 'cut_off', text: 'half' },
  {
    name: 'half a line',
    says: [local(token({ content: 'half' }), '{"message":{"cont')],
    fault: 'server',
    text: 'half',
  },
  {
    name: 'a broken connection',
    says: [[NDJSON_HEAD + lines(token({ content: 'half' })), 20, RESET]],
    fault: 'cut_off',
    text: 'half',
  },
  { name: 'a website', says: [[http(200, 'text/html', PAGE)]], fault: 'server', words: 'check its address' },
  {
    name: 'thoughts alone',
    says: [local(token({ content: '', thinking: 'hm' }), token({ content: '' }, { done: true, done_reason: 'stop' }))],
    fault: 'empty_answer',
  },
  {
    name: 'a tool call at the limit',
    says: [
      local(
        token({ tool_calls: [{ function: { name: 'f', arguments: {} } }] }),
        token({ content: '' }, { done: true, done_reason: 'length' }),
      ),
    ],
    fault: 'truncated_tool_call',
  },
  { name: 'a model that never loads', says: [[HANG]], fault: 'timeout', words: 'nothing came' },
  {
    name: 'silence in the middle',
    says: [[NDJSON_HEAD + lines(token({ content: 'half' })), HANG]],
    fault: 'timeout',
    text: 'half',
    words: 'nothing more came',
  },
];
