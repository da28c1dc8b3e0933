import { Component, computed, effect, input, signal } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { Icon } from '../../../shared/ui/icon/icon.js';

/** A file that came as an answer: a picture is shown, everything can be saved. */
@Component({
  selector: 'oa-blob-view',
  imports: [Icon, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      @if (isPicture()) {
        <img [src]="url()" [alt]="t('apps.try.picture')" />
      }
      <a class="oa-button small" download [href]="url()">
        <svg oaIcon="download"></svg>{{ t('apps.try.save', { type: file().type, bytes: file().size }) }}
      </a>
    </ng-container>
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      align-items: start;
      gap: var(--oa-space-3);
    }

    img {
      max-width: 100%;
      max-height: 360px;
    }
  `,
})
export class BlobView {
  readonly file = input.required<Blob>();
  protected readonly url = signal('');
  protected readonly isPicture = computed(() => /^image\/(png|jpeg|gif|webp)$/.test(this.file().type));

  constructor() {
    effect((onCleanup) => {
      const url = URL.createObjectURL(this.file());
      this.url.set(url);
      onCleanup(() => URL.revokeObjectURL(url));
    });
  }
}
