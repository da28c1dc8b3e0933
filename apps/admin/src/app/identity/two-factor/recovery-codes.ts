import { Component, computed, input, output } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { saveFile } from '../../shared/data/save-file.js';
import { CopyButton } from '../../shared/ui/copy-button.js';
import { Icon } from '../../shared/ui/icon/icon.js';

/** New recovery codes, shown this once. */
@Component({
  selector: 'oa-recovery-codes',
  imports: [CopyButton, Icon, TranslocoPipe],
  template: `
    <p class="oa-muted">{{ 'identity.twoFactor.codesText' | transloco }}</p>
    <ul class="oa-mono">
      @for (code of codes(); track code) {
        <li>{{ code }}</li>
      }
    </ul>
    <div class="row">
      <oa-copy-button [text]="text()" />
      <button class="oa-button small" type="button" (click)="download()">
        <svg oaIcon="download"></svg>{{ 'identity.twoFactor.download' | transloco }}
      </button>
      <button class="oa-button primary" type="button" data-first (click)="kept.emit()">
        {{ 'identity.twoFactor.kept' | transloco }}
      </button>
    </div>
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      gap: var(--oa-space-5);
    }

    ul {
      display: grid;
      grid-template-columns: 1fr 1fr;
      gap: var(--oa-space-3);
      padding: var(--oa-space-5);
      background: var(--oa-sub);
      border-radius: var(--oa-radius-card);
      list-style: none;
    }

    .row {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--oa-space-3);
    }

    .primary {
      margin-inline-start: auto;
    }
  `,
})
export class RecoveryCodes {
  readonly codes = input.required<readonly string[]>();
  readonly kept = output();
  protected readonly text = computed(() => this.codes().join('\n'));

  protected download(): void {
    saveFile('opsagent-recovery-codes.txt', `${this.text()}\n`);
  }
}
