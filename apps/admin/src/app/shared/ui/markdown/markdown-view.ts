import { Component, effect, ElementRef, inject, input, output, ViewEncapsulation } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import { Language } from '../../i18n/language.js';
import { writeToClipboard } from '../copy-button.js';
import { codeOf } from './code-block.js';
import { MarkdownPainter } from './markdown-painter.js';

const SAID_MS = 2000;

/** Shows Markdown that may still grow. */
@Component({
  selector: 'oa-markdown',
  template: '',
  styleUrl: './markdown-view.css',
  encapsulation: ViewEncapsulation.None,
  host: { class: 'oa-markdown', '(click)': 'copyCode($event)' },
})
export class MarkdownView {
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly transloco = inject(TranslocoService);
  private readonly painter = new MarkdownPainter(this.host, () => this.nameButtons());
  readonly text = input.required<string>();
  readonly isOpen = input(false);
  /** How many milliseconds the last paint took. */
  readonly painted = output<number>();

  constructor() {
    const language = inject(Language);
    effect(() => {
      const begun = performance.now();
      this.painter.paint(this.text(), this.isOpen());
      this.painted.emit(performance.now() - begun);
    });
    effect(() => {
      language.active();
      this.nameButtons();
    });
  }

  protected async copyCode(event: Event): Promise<void> {
    const button = event.target instanceof Element ? event.target.closest('.code-copy') : null;
    if (!button) return;
    await writeToClipboard(codeOf(button));
    button.textContent = this.transloco.translate('common.copied');
    setTimeout(() => this.nameButtons(), SAID_MS);
  }

  private nameButtons(): void {
    const copy = this.transloco.translate('common.copy');
    const plain = this.transloco.translate('common.plainText');
    for (const button of this.host.querySelectorAll('.code-copy')) button.textContent = copy;
    for (const name of this.host.querySelectorAll('.code-language')) name.setAttribute('data-plain', plain);
  }
}
