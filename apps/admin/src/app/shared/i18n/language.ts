import { inject, Service, signal } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import { remember, remembered } from '../data/remembered.js';
import { LANGUAGES, type LanguageCode, type TextScope } from './texts.js';
import { BUILT_IN_TEXTS, SHARED_TEXTS } from './shared-texts.js';

const KEY = 'oa.language';

/**
 * The console's language; switching needs no reload. The words of the sign-in page are built in, so that it works before any
 * language file has come and without one; no other page is drawn before its texts are there.
 */
@Service()
export class Language {
  private readonly transloco = inject(TranslocoService);
  private readonly scopes = new Map<string, TextScope>();
  private readonly loads = new Map<string, Promise<void>>();
  private needsAll = false;
  private readonly code = signal<LanguageCode>(firstLanguage());
  readonly active = this.code.asReadonly();

  /** Speaks from now on; the texts of every page are on their way. Called once, before the first page. */
  start(): void {
    for (const code of LANGUAGES) this.transloco.setTranslation(BUILT_IN_TEXTS[code], code);
    this.apply(this.code());
    this.fetchAll([this.code()]);
  }

  /** Resolves when the texts that every page behind the sign-in uses are there, now and after every switch. */
  async whole(): Promise<boolean> {
    this.needsAll = true;
    await this.loadAll(this.code());
    return true;
  }

  /** Makes a feature's texts available, now and after every switch. */
  async addScope(scope: TextScope): Promise<boolean> {
    this.scopes.set(scope.name, scope);
    await this.loadScope(scope, this.code());
    return true;
  }

  /** Fetches every language's texts while somebody is about to choose one; what fails here is asked for again then. */
  prepare(): void {
    this.fetchAll(LANGUAGES);
  }

  async use(code: LanguageCode): Promise<void> {
    // First of all: whoever leaves before the texts have come has chosen all the same.
    remember(KEY, code);
    if (this.needsAll) await this.loadAll(code);
    else this.fetchAll([code]);
    this.apply(code);
  }

  /** Ahead of need: what fails is asked for again by whoever cannot do without. */
  private fetchAll(codes: readonly LanguageCode[]): void {
    void Promise.allSettled(codes.map((code) => this.loadAll(code)));
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

  private loadOnce(key: string, load: () => Promise<unknown>): Promise<void> {
    const running = this.loads.get(key) ?? load().then(() => undefined);
    this.loads.set(key, running);
    return running.catch((error: unknown) => {
      this.loads.delete(key);
      throw error;
    });
  }
}

/** The remembered language, else the browser's: Chinese for every kind of Chinese, English otherwise. */
function firstLanguage(): LanguageCode {
  const kept = LANGUAGES.find((code) => code === remembered(KEY));
  return kept ?? (navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en');
}
