import { inject, Service, signal } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import { remember, remembered } from '../data/remembered.js';
import { LANGUAGES, type LanguageCode, type TextScope } from './texts.js';
import { SHARED_TEXTS } from './shared-texts.js';

const KEY = 'oa.language';

/** The console's language; switching needs no reload, and nothing is drawn before its texts are there. */
@Service()
export class Language {
  private readonly transloco = inject(TranslocoService);
  private readonly scopes = new Map<string, TextScope>();
  private readonly loaded = new Set<string>();
  private readonly code = signal<LanguageCode>(firstLanguage());
  readonly active = this.code.asReadonly();

  /** Loads what every page needs; called once, before the first page. */
  async start(): Promise<void> {
    await this.loadAll(this.code());
    this.apply(this.code());
  }

  /** Makes a feature's texts available, now and after every switch. */
  async addScope(scope: TextScope): Promise<boolean> {
    this.scopes.set(scope.name, scope);
    await this.loadScope(scope, this.code());
    return true;
  }

  /** Fetches every language's texts while somebody is about to choose one; what fails here is asked for again then. */
  prepare(): void {
    void Promise.allSettled(LANGUAGES.map((code) => this.loadAll(code)));
  }

  async use(code: LanguageCode): Promise<void> {
    // First of all: whoever leaves before the texts have come has chosen all the same.
    remember(KEY, code);
    await this.loadAll(code);
    this.apply(code);
  }

  private apply(code: LanguageCode): void {
    document.documentElement.lang = code;
    this.transloco.setActiveLang(code);
    this.code.set(code);
  }

  private async loadAll(code: LanguageCode): Promise<void> {
    await Promise.all([
      this.loadOnce(`${code}`, async () => this.transloco.setTranslation(await SHARED_TEXTS[code](), code)),
      ...[...this.scopes.values()].map((scope) => this.loadScope(scope, code)),
    ]);
  }

  private loadScope(scope: TextScope, code: LanguageCode): Promise<void> {
    return this.loadOnce(`${scope.name}/${code}`, async () =>
      this.transloco.setTranslation({ [scope.name]: await scope.load[code]() }, code),
    );
  }

  private async loadOnce(key: string, load: () => Promise<unknown>): Promise<void> {
    if (this.loaded.has(key)) return;
    await load();
    this.loaded.add(key);
  }
}

/** The remembered language, else the browser's: Chinese for every kind of Chinese, English otherwise. */
function firstLanguage(): LanguageCode {
  const kept = LANGUAGES.find((code) => code === remembered(KEY));
  return kept ?? (navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en');
}
