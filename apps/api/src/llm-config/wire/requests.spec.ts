import { OLLAMA } from '../providers/ollama.js';
import { PROVIDERS } from '../providers/providers.js';
import type { LlmConfigFacts } from '../llm-config-facts.js';
import { OllamaRequests } from './ollama-request.js';
import { OpenAiRequests } from './openai-request.js';
import { samplingOf } from './request-parameters.js';

const EVERYTHING = { maxTokens: 500, temperature: 0.3, topP: 0.9, frequencyPenalty: 0.1, presencePenalty: 0.2 };
const NOTHING = { maxTokens: null, temperature: null, topP: null, frequencyPenalty: null, presencePenalty: null };

function aConfig(
  provider: keyof typeof PROVIDERS,
  modelName: string,
  more: Partial<LlmConfigFacts> = {},
): LlmConfigFacts {
  return { provider, modelName, parameters: EVERYTHING, extra: {}, ...more } as LlmConfigFacts;
}

function bodyOf(config: LlmConfigFacts): Record<string, unknown> {
  return new OpenAiRequests(config, PROVIDERS[config.provider]).bodyOf({ messages: [] });
}

describe('a request', () => {
  it('carries only what was set', () => {
    const config = aConfig('openai', 'gpt-4o', { parameters: { ...NOTHING, temperature: 0 } });
    expect(bodyOf(config)).toEqual({
      ...{ model: 'gpt-4o', stream: true, stream_options: { include_usage: true } },
      ...{ temperature: 0, messages: [] },
    });
  });

  it.each(['o3', 'gpt-5.5', 'gpt-6-sol'])(
    'to %s caps its answer under the new name and leaves sampling out',
    (model) => {
      const body = bodyOf(aConfig('openai', model));
      expect(body.max_completion_tokens).toBe(500);
      for (const name of ['max_tokens', 'temperature', 'top_p', 'frequency_penalty', 'presence_penalty']) {
        expect(body).not.toHaveProperty(name);
      }
      expect(samplingOf(aConfig('openai', model), PROVIDERS.openai).dropped).toEqual([
        'temperature',
        'top_p',
        'frequency_penalty',
        'presence_penalty',
      ]);
    },
  );

  it('to Zhipu has no stream options and no penalties', () => {
    const body = bodyOf(aConfig('zhipu', 'glm-4.7-flash'));
    expect(body).toMatchObject({ max_tokens: 500, temperature: 0.3 });
    for (const name of ['stream_options', 'frequency_penalty']) expect(body).not.toHaveProperty(name);
  });

  it('takes the additions of its configuration, but never another model', () => {
    const extra = {
      thinking: 'off',
      stop: ['END'],
      seed: 7,
      extra_body: { safe: true, stream: false, model: 'x' },
    } as const;
    expect(bodyOf(aConfig('deepseek', 'deepseek-flash', { extra }))).toMatchObject({
      ...{ thinking: { type: 'disabled' }, stop: ['END'], seed: 7, safe: true },
      ...{ stream: true, model: 'deepseek-flash' },
    });
  });

  it('sends reasoning back with tool calls only where it is wanted', () => {
    const messages = [
      { role: 'assistant', content: '', reasoning: 'hm', toolCalls: [{ id: 'a', name: 'f', arguments: '{}' }] },
      { role: 'assistant', content: 'done', reasoning: 'so' },
    ] as const;
    const sent = (provider: 'openai' | 'deepseek'): unknown =>
      new OpenAiRequests(aConfig(provider, 'm'), PROVIDERS[provider]).bodyOf({ messages }).messages;
    expect(sent('deepseek')).toEqual([
      expect.objectContaining({ reasoning_content: 'hm' }),
      { role: 'assistant', content: 'done' },
    ]);
    expect(JSON.stringify(sent('openai'))).not.toContain('reasoning');
  });

  it('to Ollama has options, and arguments as objects', () => {
    const config = aConfig('ollama', 'qwen3', {
      extra: { num_ctx: 8192, thinking: 'on', extra_body: { options: { top_k: 5 } } },
    });
    const messages = [
      {
        role: 'assistant',
        content: '',
        toolCalls: [
          { id: 'a', name: 'f', arguments: '{"x":1}' },
          { id: 'b', name: 'g', arguments: 'oops' },
        ],
      },
      { role: 'tool', toolCallId: 'a', name: 'f', content: '1' },
    ] as const;
    expect(new OllamaRequests(config, OLLAMA).bodyOf({ messages })).toEqual({
      model: 'qwen3',
      stream: true,
      think: true,
      options: {
        temperature: 0.3,
        top_p: 0.9,
        frequency_penalty: 0.1,
        presence_penalty: 0.2,
        num_predict: 500,
        num_ctx: 8192,
        top_k: 5,
      },
      messages: [
        {
          ...{ role: 'assistant', content: '' },
          tool_calls: [{ function: { name: 'f', arguments: { x: 1 } } }, { function: { name: 'g', arguments: {} } }],
        },
        { role: 'tool', tool_name: 'f', content: '1' },
      ],
    });
  });
});
