import { Component, effect, ElementRef, inject, input, output, ViewEncapsulation } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import { Language } from '../../i18n/language.js';
import { writeToClipboard } from '../copy-button.js';
import { codeOf } from './code-block.js';
import { MarkdownPainter } from './markdown-painter.js';
import { linkSteps } from './step-links.js';

const SAID_MS = 2000;

/** Shows Markdown that may still grow. */
@Component({
  selector: 'oa-markdown',
  template: '',
  styleUrl: './markdown-view.css',
  encapsulation: ViewEncapsulation.None,
  host: { class: 'oa-markdown', '(click)': 'press($event)' },
})
export class MarkdownView {
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly transloco = inject(TranslocoService);
  private readonly painter = new MarkdownPainter(this.host, (nodes) => {
    this.nameButtons();
    if (this.hasSteps()) linkSteps(nodes);
  });
  readonly text = input.required<string>();
  readonly isOpen = input(false);
  /** Whether `[step 3]` leads somewhere. */
  readonly hasSteps = input(false);
  readonly stepAsked = output<number>();
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

  protected press({ target }: Event): void {
    if (!(target instanceof Element)) return;
    const step = target.closest<HTMLElement>('[data-step-link]')?.dataset['stepLink'];
    if (step !== undefined) return this.stepAsked.emit(Number(step));
    const button = target.closest('.code-copy');
    if (button) void this.copyCode(button);
  }

  private async copyCode(button: Element): Promise<void> {
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
