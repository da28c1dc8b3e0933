import { HttpBackend, provideHttpClient } from '@angular/common/http';
import { TestBed } from '@angular/core/testing';
import { ModelChoices } from './model-choices.js';
import { aConfig, TestServer } from './test-server.js';

const CONFIGS = [
  aConfig({ id: 'a' }),
  aConfig({ id: 'b', provider: 'deepseek', is_default: true }),
  aConfig({ id: 'c', provider: 'deepseek', is_active: false }),
  aConfig({ id: 'd' }),
];

function choicesOf(server: TestServer): ModelChoices {
  TestBed.configureTestingModule({ providers: [provideHttpClient(), { provide: HttpBackend, useValue: server }] });
  return TestBed.inject(ModelChoices);
}

function serverOf(configs = CONFIGS): TestServer {
  const providers = [{ id: 'deepseek', name: 'DeepSeek' }];
  return new TestServer().on('GET /api/llm-configs', () => configs).on('GET /api/providers', () => providers);
}

describe('ModelChoices', () => {
  it('stands the default apart and groups the others by provider', async () => {
    const choices = choicesOf(serverOf());
    await choices.load();
    expect(choices.default()?.id).toBe('b');
    expect(choices.groups().map(({ name, configs }) => [name, configs.map(({ id }) => id)])).toEqual([
      ['openai', ['a', 'd']],
      ['DeepSeek', ['c']],
    ]);
  });

  it('knows what a session can be answered by', async () => {
    const choices = choicesOf(serverOf());
    expect(choices.isUsable('c')).toBe(true);
    await choices.load();
    expect(['a', 'c', 'deleted', null].map((id) => choices.isUsable(id))).toEqual([true, false, false, true]);
  });

  it('says why there is no list', async () => {
    const choices = choicesOf(new TestServer());
    await choices.load();
    expect(choices.configs()).toBeNull();
    expect(choices.problem()?.status).toBe(404);
  });
});
