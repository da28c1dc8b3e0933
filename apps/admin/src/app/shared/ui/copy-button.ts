import { Component, input, signal } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { Icon } from './icon/icon.js';

const SAID_MS = 2000;

/** Copies a text and says so in itself. */
@Component({
  selector: 'oa-copy-button',
  imports: [Icon, TranslocoPipe],
  template: `
    <button class="oa-button small" type="button" (click)="copy()">
      @if (isCopied()) {
        <svg oaIcon="check"></svg>
      } @else {
        <svg oaIcon="copy"></svg>
      }
      <span aria-live="polite">{{ (isCopied() ? 'common.copied' : textKey()) | transloco }}</span>
    </button>
  `,
})
export class CopyButton {
  readonly text = input.required<string>();
  /** What it calls itself. */
  readonly textKey = input('common.copy');
  protected readonly isCopied = signal(false);

  protected async copy(): Promise<void> {
    await writeToClipboard(this.text());
    this.isCopied.set(true);
    setTimeout(() => this.isCopied.set(false), SAID_MS);
  }
}

/** Over plain HTTP browsers hide the clipboard's own interface; the older command still works there. */
export async function writeToClipboard(text: string): Promise<void> {
  if (window.isSecureContext) return navigator.clipboard.writeText(text);
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'oa-hidden';
  (document.querySelector('dialog[open]') ?? document.body).append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}
