import { HttpBackend, provideHttpClient } from '@angular/common/http';
import { TestBed } from '@angular/core/testing';
import type { ModelFactsDto } from '@opsagent/contracts';
import { ModelChoices } from './model-choices.js';
import { ModelKnowledge } from './model-knowledge.js';
import { aConfig, TestServer } from './test-server.js';

const price = (currency: string, input: string, note: string | null = null) => ({
  ...{ currency, input, cached_input: null, output: '9', note },
});
const USUAL = 'https://api.example';
const FACTS = {
  ...{ provider: 'openai', model: 'GPT', context_window: 128_000 },
  prices: [price('USD', '1', 'at night'), price('USD', '2'), price('CNY', '3')],
} as ModelFactsDto;

async function knowledgeOf(server: TestServer): Promise<ModelKnowledge> {
  TestBed.configureTestingModule({ providers: [provideHttpClient(), { provide: HttpBackend, useValue: server }] });
  await TestBed.inject(ModelChoices).load();
  const knowledge = TestBed.inject(ModelKnowledge);
  await knowledge.load();
  return knowledge;
}

const serverOf = () =>
  new TestServer()
    .on('GET /api/llm-configs', () => [aConfig({ id: 'a' })])
    .on('GET /api/providers', () => [{ id: 'openai', name: 'OpenAI', default_base_url: USUAL }]);

describe('ModelKnowledge', () => {
  it('knows a model by its name in any case', async () => {
    const knowledge = await knowledgeOf(serverOf().on('GET /api/model-catalogue', () => ({ items: [FACTS] })));
    expect(knowledge.factsOf(aConfig({ id: 'a', model_name: 'gpt' }))?.context_window).toBe(128_000);
    expect(knowledge.factsOf(aConfig({ id: 'a', provider: 'deepseek' }))).toBeNull();
  });

  it('tells the price that holds at all times, at the usual address alone, and an own price everywhere', async () => {
    const knowledge = await knowledgeOf(serverOf().on('GET /api/model-catalogue', () => ({ items: [FACTS] })));
    const at = (base_url: string | null) => knowledge.priceOf(aConfig({ id: 'a', base_url }));
    expect(at(null)?.input).toBe('3');
    expect(at(USUAL)?.currency).toBe('CNY');
    expect(at('https://other.example')).toBeNull();
    const own = { price: { currency: 'EUR', input: 1.5, output: '2' } };
    const ofOne = aConfig({ id: 'a', base_url: 'https://other.example', extra_config: own });
    expect(knowledge.priceOf(ofOne)).toEqual({ currency: 'EUR', input: '1.5', output: '2' });
  });

  it('goes without what cannot be read, and asks once in a while only', async () => {
    const server = serverOf();
    const knowledge = await knowledgeOf(server);
    await knowledge.load();
    expect(knowledge.factsOf(aConfig({ id: 'a' }))).toBeNull();
    expect(server.asked.filter((call) => call === 'GET /api/model-catalogue')).toHaveLength(1);
  });
});
