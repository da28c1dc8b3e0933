import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { provideTransloco, TranslocoService } from '@jsverse/transloco';
import type { LlmConfigDto } from '@opsagent/contracts';
import { FoundModels } from './found-models.js';
import { en } from './i18n/en.js';

const config = (facts: Partial<LlmConfigDto>): LlmConfigDto =>
  ({ id: facts.name, provider: 'deepseek', model_name: 'model', created_by: null, ...facts }) as LlmConfigDto;

function open(configs: LlmConfigDto[]) {
  TestBed.configureTestingModule({
    providers: [
      provideHttpClient(),
      provideHttpClientTesting(),
      provideTransloco({ config: { availableLangs: ['en'], defaultLang: 'en' } }),
    ],
  });
  TestBed.inject(TranslocoService).setTranslation({ setup: en }, 'en');
  const fixture = TestBed.createComponent(FoundModels);
  fixture.componentRef.setInput('configs', configs);
  fixture.detectChanges();
  const host = fixture.nativeElement as HTMLElement;
  return { fixture, host, server: TestBed.inject(HttpTestingController) };
}

describe('what is found without a key', () => {
  it('offers an Ollama that answers on the server’s machine', async () => {
    const { fixture, host, server } = open([]);
    let chosen = false;
    fixture.componentInstance.localTaken.subscribe(() => (chosen = true));
    server.expectOne('/api/providers/ollama/models').flush({ models: ['qwen3', 'llama4'] });
    await fixture.whenStable();
    expect(host.textContent).toContain('It answers; models available: 2');
    host.querySelector('button')!.click();
    expect(chosen).toBe(true);
  });

  it('is silent about one that does not answer', async () => {
    const { fixture, host, server } = open([]);
    server.expectOne('/api/providers/ollama/models').flush({}, { status: 502, statusText: 'Bad Gateway' });
    await fixture.whenStable();
    expect(host.querySelector('section')).toBeNull();
  });

  it('tells where each configuration comes from, and does not look for an Ollama that is known', () => {
    const { host, server } = open([
      config({ name: 'deepseek' }),
      config({ name: 'ollama qwen3', provider: 'ollama' }),
      config({ name: 'mine', created_by: 'somebody' }),
    ]);
    server.expectNone('/api/providers/ollama/models');
    const origins = [...host.querySelectorAll('li p')].map((line) => line.textContent.trim());
    expect(origins).toEqual([
      'model, key found in the environment',
      'model, found in Ollama on the server’s machine',
      'model, stored configuration',
    ]);
  });
});
