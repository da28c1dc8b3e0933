import { Component, signal, viewChild } from '@angular/core';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { provideTransloco, TranslocoService } from '@jsverse/transloco';
import type { ProviderDto } from '@opsagent/contracts';
import { en as shared } from '../../shared/i18n/en.js';
import { en } from '../i18n/en.js';
import { EMPTY_DRAFT, type LlmConfigDraft } from '../llm-config-draft.js';
import { LlmConfigForm } from './llm-config-form.js';

const provider = (id: ProviderDto['id'], facts: Partial<ProviderDto>): ProviderDto => ({
  id,
  name: id,
  default_base_url: `https://${id}.example.org/v1`,
  addresses: [],
  key_required: true,
  key_url: null,
  has_embeddings: true,
  example_model: `${id}-model`,
  key_variable: null,
  key_pattern: null,
  docs_url: 'https://docs.example.org',
  billing_url: null,
  chat_path: '/chat/completions',
  embeddings_path: '/embeddings',
  max_temperature: 2,
  refused_parameters: [],
  thinking: { can_switch_on: true, can_switch_off: true, has_effort: true, has_budget: false },
  has_endpoint_ids: false,
  ...facts,
});
const PROVIDERS = [
  provider('openai', {}),
  provider('deepseek', { has_embeddings: false }),
  provider('vllm', { key_required: false, default_base_url: null }),
];

@Component({
  selector: 'oa-test-page',
  imports: [LlmConfigForm],
  template: `<oa-llm-config-form [providers]="providers" [(draft)]="draft" [(refused)]="refused" />`,
})
class TestPage {
  readonly providers = PROVIDERS;
  readonly draft = signal<LlmConfigDraft>({ ...EMPTY_DRAFT, model_name: 'openai-model' });
  readonly refused = signal<ReadonlyMap<string, string>>(new Map());
  readonly form = viewChild.required(LlmConfigForm);
}

async function open(): Promise<{ fixture: ComponentFixture<TestPage>; page: TestPage; text: () => string }> {
  TestBed.configureTestingModule({
    providers: [provideTransloco({ config: { availableLangs: ['en'], defaultLang: 'en' } })],
  });
  TestBed.inject(TranslocoService).setTranslation({ ...shared, configs: en }, 'en');
  const fixture = TestBed.createComponent(TestPage);
  await fixture.whenStable();
  const host = fixture.nativeElement as HTMLElement;
  return { fixture, page: fixture.componentInstance, text: () => host.textContent };
}

async function choose(fixture: ComponentFixture<TestPage>, id: string): Promise<void> {
  await fixture.whenStable();
  const radio = (fixture.nativeElement as HTMLElement).querySelector<HTMLInputElement>(`input[value="${id}"]`)!;
  radio.checked = true;
  radio.dispatchEvent(new Event('change'));
  await fixture.whenStable();
}

describe('the form of a configuration', () => {
  it('does not complain before somebody has tried', async () => {
    const { text } = await open();
    expect(text()).not.toContain(shared.validation.required);
  });

  it('names what is missing when it is sent', async () => {
    const { fixture, page, text } = await open();
    expect(page.form().check()).toBe(false);
    await fixture.whenStable();
    expect(text()).toContain(shared.validation.required);
    expect(text()).toContain('Fields to correct: 2.');
  });

  it('asks for no key but for an address where the provider is self-hosted', async () => {
    const { fixture, page } = await open();
    page.draft.update((draft) => ({ ...draft, name: 'gpu' }));
    await choose(fixture, 'vllm');
    expect(page.form().check()).toBe(false);
    page.draft.update((draft) => ({ ...draft, base_url: 'http://gpu-1:8001/v1' }));
    await fixture.whenStable();
    expect(page.form().check()).toBe(true);
  });

  it('brings the provider’s own example, but keeps what was typed', async () => {
    const { fixture, page } = await open();
    await choose(fixture, 'deepseek');
    expect(page.draft().model_name).toBe('deepseek-model');
    page.draft.update((draft) => ({ ...draft, model_name: 'mine' }));
    await choose(fixture, 'openai');
    expect(page.draft().model_name).toBe('mine');
  });

  it('leaves the kind out where a provider has no embeddings', async () => {
    const { fixture, page, text } = await open();
    page.draft.update((draft) => ({ ...draft, is_embedding: true }));
    await choose(fixture, 'deepseek');
    expect(page.draft().is_embedding).toBe(false);
    expect(text()).not.toContain(en.kind.embedding);
  });

  it('shows the server’s refusal at its field until the field changes', async () => {
    const { fixture, page, text } = await open();
    page.refused.set(new Map([['name', 'is taken by somebody']]));
    await fixture.whenStable();
    expect(text()).toContain('is taken by somebody');
    const name = (fixture.nativeElement as HTMLElement).querySelector<HTMLInputElement>('oa-field input')!;
    name.value = 'other';
    name.dispatchEvent(new Event('input'));
    await fixture.whenStable();
    expect(text()).not.toContain('is taken by somebody');
  });

  it('refuses bounds of the contract and text that is no JSON object', async () => {
    const { fixture, page, text } = await open();
    const filled = { ...page.draft(), name: 'x', api_key: 'k', temperature: 3, extra_config: '{' };
    page.draft.set(filled);
    expect(page.form().check()).toBe(false);
    await fixture.whenStable();
    expect(text()).toContain('Must be 2 or less.');
    expect(text()).toContain(shared.validation.json);
    page.draft.set({ ...filled, temperature: 1, extra_config: '{"thinking": "off"}' });
    await fixture.whenStable();
    expect(page.form().check()).toBe(true);
  });
});
