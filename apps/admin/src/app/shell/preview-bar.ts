import { Component, inject } from '@angular/core';
import { Router } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import { Preview } from '../shared/data/preview.js';
import { Icon } from '../shared/ui/icon/icon.js';

/** Says that the console shows itself as another role sees it, and ends that. */
@Component({
  selector: 'oa-preview-bar',
  imports: [Icon, TranslocoDirective],
  template: `
    <p role="status" *transloco="let t">
      <svg oaIcon="eye"></svg>
      <span>{{ t('shell.preview', { role: t('roles.' + preview.role()) }) }}</span>
      <button class="oa-button small" type="button" (click)="leave()">{{ t('shell.previewEnd') }}</button>
    </p>
  `,
  styles: `
    p {
      display: flex;
      align-items: center;
      gap: var(--oa-space-3);
      padding: var(--oa-space-2) var(--oa-space-6);
      border-bottom: 1px solid var(--oa-border);
      background: var(--oa-primary-soft);
      font: var(--oa-control);
    }

    span {
      flex: 1;
    }
  `,
})
export class PreviewBar {
  private readonly router = inject(Router);
  protected readonly preview = inject(Preview);

  protected async leave(): Promise<void> {
    this.preview.end();
    await this.router.navigateByUrl('/settings/roles');
  }
}
