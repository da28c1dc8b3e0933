import { Injectable, signal } from '@angular/core';
import type { CreateLlmConfigDto, LlmProvider } from '@opsagent/contracts';

/** What is entered about the first model. */
export interface ModelDraft {
  readonly provider: LlmProvider;
  readonly api_key: string;
  readonly base_url: string;
  readonly model_name: string;
}

/** Carries what was entered between the steps, in memory only: there is a key in it. */
@Injectable()
export class SetupDraft {
  readonly model = signal<ModelDraft | null>(null);

  /** The key is stored by the server now and is not needed here any more. */
  forget(): void {
    this.model.set(null);
  }
}

/** What is sent to test or create it; `name` says what it shall be called. */
export function inputOf({ provider, api_key, base_url, model_name }: ModelDraft, name: string): CreateLlmConfigDto {
  return {
    name,
    provider,
    model_name: model_name.trim(),
    api_key: api_key.trim() || null,
    base_url: base_url.trim() || null,
  };
}

/** The provider's own name, with a number behind it when that is taken; case makes no difference. */
export function freeName(provider: LlmProvider, taken: readonly string[]): string {
  const names = new Set(taken.map((name) => name.toLowerCase()));
  let name: string = provider;
  for (let number = 2; names.has(name); number++) name = `${provider}-${number}`;
  return name;
}
