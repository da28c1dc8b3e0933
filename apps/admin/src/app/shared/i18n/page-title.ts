import { effect, inject, Service } from '@angular/core';
import { Title } from '@angular/platform-browser';
import { type RouterStateSnapshot, TitleStrategy } from '@angular/router';
import { TranslocoService } from '@jsverse/transloco';
import { Language } from './language.js';

/** Page titles `模型配置 · OpsAgent`: a route names a text key, and a switch of language renames the page. */
@Service({ autoProvided: false })
export class PageTitle extends TitleStrategy {
  private readonly title = inject(Title);
  private readonly transloco = inject(TranslocoService);
  private readonly language = inject(Language);
  private key: string | undefined;

  constructor() {
    super();
    effect(() => {
      this.language.active();
      this.write();
    });
  }

  override updateTitle(snapshot: RouterStateSnapshot): void {
    this.key = this.buildTitle(snapshot);
    this.write();
  }

  private write(): void {
    this.title.setTitle(this.key ? `${this.transloco.translate(this.key)} · OpsAgent` : 'OpsAgent');
  }
}
