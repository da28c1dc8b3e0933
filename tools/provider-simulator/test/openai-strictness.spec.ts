import { startSimulator, type Simulator } from '../simulator.ts';
import { ask, CHAT, chatBody, stream, TOOLS } from './client.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.close());

const user = { role: 'user', content: 'a' };
const call = { id: 'call_1', type: 'function', function: { name: 'list_nodes', arguments: '{}' } };
const calling = { role: 'assistant', content: null, tool_calls: [call] };
const result = { role: 'tool', tool_call_id: 'call_1', content: 'fine' };

describe('a request that OpenAI refuses is refused in its words', () => {
  it.each([
    ['no model', { model: undefined }, 'you must provide a model parameter', null],
    ['no messages', { messages: undefined }, "Missing required parameter: 'messages'.", 'missing_required_parameter'],
    ['no message', { messages: [] }, "Invalid 'messages': empty array.", 'empty_array'],
    ['an unknown role', { messages: [{ role: 'robot', content: '' }] }, "Invalid value: 'robot'.", 'invalid_value'],
    ['no content', { messages: [{ role: 'user', content: null }] }, 'expected a string, got null', null],
    [
      'a number as content',
      { messages: [{ role: 'user', content: 1 }] },
      "Invalid type for 'messages[0].content'",
      'invalid_type',
    ],
    [
      'an unknown part',
      { messages: [{ role: 'user', content: [{ type: 'x' }] }] },
      "Invalid value: 'x'.",
      'invalid_value',
    ],
    ['a result without a call', { messages: [user, result] }, 'must be a response to a preceeding message', null],
    [
      'a result of another call',
      { messages: [user, calling, { ...result, tool_call_id: 'call_2' }] },
      "'tool_call_id' of 'call_2' not found",
      null,
    ],
    ['an unanswered call', { messages: [user, calling, user] }, 'did not have response messages: call_1', null],
    ['a call left open at the end', { messages: [user, calling] }, 'did not have response messages: call_1', null],
    ['the same result twice', { messages: [user, calling, result, result] }, 'not found', null],
    [
      'a call without id',
      { messages: [user, { ...calling, tool_calls: [{ ...call, id: undefined }] }, result] },
      'tool_calls[0].id',
      'missing_required_parameter',
    ],
    [
      'call arguments as object',
      { messages: [user, { ...calling, tool_calls: [{ ...call, function: { name: 'a', arguments: {} } }] }, result] },
      'expected a string, but got an object',
      'invalid_type',
    ],
    ['an unknown parameter', { thinking: {} }, "Unknown parameter: 'thinking'.", 'unknown_parameter'],
    ['too hot', { temperature: 2.1 }, "Invalid 'temperature': decimal above maximum value.", 'decimal_above_max_value'],
    ['temperature as text', { temperature: '1' }, "Invalid type for 'temperature'", 'invalid_type'],
    ['top_p 0', { top_p: 0 }, "Invalid 'top_p'", 'decimal_below_min_value'],
    [
      'a penalty too low',
      { presence_penalty: -3 },
      "Invalid 'presence_penalty': decimal below minimum",
      'decimal_below_min_value',
    ],
    ['max_tokens 0', { max_tokens: 0 }, "Invalid 'max_tokens': integer below minimum", 'integer_below_min_value'],
    ['two limits', { max_tokens: 5, max_completion_tokens: 5 }, 'at the same time', null],
    [
      'stream_options without stream',
      { stream_options: { include_usage: true } },
      "only allowed when 'stream' is enabled",
      null,
    ],
    [
      'five stop words',
      { stop: ['a', 'b', 'c', 'd', 'e'] },
      "Invalid 'stop': array too long.",
      'array_above_max_length',
    ],
    ['no tool in tools', { tools: [] }, "Invalid 'tools': empty array.", 'empty_array'],
    ['a tool without type', { tools: [{ function: { name: 'a' } }] }, "'tools[0].type'", 'missing_required_parameter'],
    [
      'a tool name with a dot',
      { tools: [{ type: 'function', function: { name: 'a.b' } }] },
      'does not match pattern',
      'invalid_value',
    ],
    [
      'a tool schema that is no object',
      { tools: [{ type: 'function', function: { name: 'a', parameters: { type: 'array' } } }] },
      "Invalid schema for function 'a'",
      'invalid_function_parameters',
    ],
    ['a choice without tools', { tool_choice: 'auto' }, "only allowed when 'tools' are specified", null],
    ['JSON mode without the word', { response_format: { type: 'json_object' } }, "must contain the word 'json'", null],
  ])('%s', async (_, changes, message, code) => {
    const answer = await ask(simulator, CHAT, chatBody('sim-text', changes));
    const { error } = JSON.parse(answer.text) as { error: { message: string; code: string | null; type: string } };
    expect([answer.status, error.type, error.code]).toEqual([400, 'invalid_request_error', code]);
    expect(error.message).toContain(message);
  });

  it('a body that is not JSON', async () => {
    const answer = await ask(simulator, CHAT, '{"model":');
    expect([answer.status, answer.text]).toEqual([400, expect.stringContaining('could not parse the JSON body')]);
  });

  it('a body that does not say it is JSON', async () => {
    const headers = { 'content-type': 'text/plain', authorization: 'Bearer sim-key' };
    const answer = await ask(simulator, CHAT, chatBody('sim-text'), { headers });
    expect([answer.status, answer.text]).toEqual([400, expect.stringContaining('unsupported_content_type')]);
  });

  it('a model that does not exist', async () => {
    const answer = await ask(simulator, CHAT, chatBody('gpt-6-sol'));
    expect([answer.status, answer.text]).toEqual([404, expect.stringContaining('model_not_found')]);
  });

  it('an embedding model asked to chat', async () => {
    const answer = await ask(simulator, CHAT, chatBody('sim-embed'));
    expect([answer.status, answer.text]).toEqual([404, expect.stringContaining('not a chat model')]);
  });

  it('tools offered to a model without', async () => {
    const answer = await ask(simulator, CHAT, chatBody('sim-no-tools', { tools: TOOLS }));
    expect([answer.status, answer.text]).toEqual([400, expect.stringContaining('does not support tools')]);
  });
});

describe('a request that OpenAI accepts is accepted', () => {
  it('with a whole tool conversation and every ordinary parameter', async () => {
    const chunks = await stream(simulator, 'sim-text', {
      messages: [{ role: 'developer', content: 'b' }, user, calling, result, { role: 'assistant', content: 'c' }, user],
      temperature: 0,
      top_p: 1,
      frequency_penalty: -2,
      presence_penalty: 2,
      max_completion_tokens: 100,
      stop: ['x'],
      seed: -1,
      n: 1,
      user: 'u',
      tools: TOOLS,
      tool_choice: 'auto',
      parallel_tool_calls: true,
      stream_options: { include_usage: true },
    });
    expect(chunks.length).toBeGreaterThan(20);
  });

  it('with parameters of its own on other addresses', async () => {
    const answer = await ask(
      simulator,
      '/deepseek/chat/completions',
      chatBody('sim-text', { thinking: { type: 'enabled' } }),
    );
    expect(answer.status).toBe(200);
  });
});

describe('keys and paths', () => {
  const headers = { 'content-type': 'application/json' };

  it('refuses a wrong key and shows part of it, as OpenAI does', async () => {
    const answer = await ask(simulator, CHAT, chatBody('sim-text'), {
      headers: { ...headers, authorization: 'Bearer sk-abcdefghijklmnop' },
    });
    expect(answer.status).toBe(401);
    expect(JSON.parse(answer.text)).toMatchObject({
      error: { code: 'invalid_api_key', message: expect.stringMatching(/sk-a\*+mnop/) as string },
    });
  });

  it('refuses a call without a key', async () => {
    expect((await ask(simulator, CHAT, chatBody('sim-text'), { headers })).status).toBe(401);
  });

  it.each(['/vllm/v1', '/ollama/v1'])('asks for no key on %s', async (prefix) => {
    expect((await ask(simulator, `${prefix}/chat/completions`, chatBody('sim-text'), { headers })).status).toBe(200);
  });

  it.each([
    '/openai/v1',
    '/deepseek',
    '/tongyi/compatible-mode/v1',
    '/ollama/v1',
    '/vllm/v1',
    '/doubao/api/v3',
    '/zhipu/api/paas/v4',
    '/moonshot/v1',
    '/baidu/v2',
    '/openai-compatible/v1',
  ])('chats and lists models on %s', async (prefix) => {
    expect((await ask(simulator, `${prefix}/chat/completions`, chatBody('sim-text'))).status).toBe(200);
    const models = await fetch(`${simulator.url}${prefix}/models`, { headers: { authorization: 'Bearer sim-key' } });
    expect(await models.json()).toMatchObject({
      object: 'list',
      data: expect.arrayContaining([expect.objectContaining({ id: 'sim-text' })]) as unknown,
    });
  });

  it.each([
    ['401', 401],
    ['503', 503],
    ['html', 502],
    ['200-error', 200],
  ])('has a list of models that fails: %s', async (fault, status) => {
    const answer = await fetch(`${simulator.url}/faulty/${fault}/models`);
    expect(answer.status).toBe(status);
    expect(await answer.text()).not.toContain('"data"');
  });

  it('answers unknown paths with a JSON 404 and wrong methods with a 405 that names the right one', async () => {
    const unknown = await ask(simulator, '/openai/v1/responses', {});
    const wrong = await fetch(simulator.url + CHAT);
    expect([unknown.status, JSON.parse(unknown.text)]).toEqual([
      404,
      { error: expect.objectContaining({ type: 'invalid_request_error' }) as unknown },
    ]);
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'POST']);
  });
});
