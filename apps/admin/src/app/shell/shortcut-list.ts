import { Component, computed, inject, output } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { Shortcuts } from '../shared/data/shortcuts.js';
import { Dialog } from '../shared/ui/dialog.js';
import { COMMAND_KEYS } from './command-keys.js';

/** The keys that do something on this page. */
@Component({
  selector: 'oa-shortcut-list',
  imports: [TranslocoDirective, Dialog],
  template: `
    <oa-dialog *transloco="let t" [heading]="t('shortcuts.title')" (dismissed)="closed.emit()">
      @if (!isOn()) {
        <p class="oa-muted">{{ t('shortcuts.off') }}</p>
      }
      <dl>
        @for (entry of entries(); track entry.keys.join()) {
          <div>
            <dt>{{ t(entry.label) }}</dt>
            <dd>
              @for (key of entry.keys; track $index) {
                <kbd>{{ key }}</kbd>
              }
            </dd>
          </div>
        }
      </dl>
      <button actions data-first class="oa-button" type="button" (click)="closed.emit()">
        {{ t('common.close') }}
      </button>
    </oa-dialog>
  `,
  styles: `
    dl > div {
      display: flex;
      align-items: center;
      justify-content: space-between;
      gap: var(--oa-space-4);
      min-height: 32px;
      border-bottom: 1px solid var(--oa-border);
      font: var(--oa-control);
    }

    dd {
      display: flex;
      gap: var(--oa-space-2);
    }
  `,
})
export class ShortcutList {
  private readonly shortcuts = inject(Shortcuts);
  readonly closed = output();
  protected readonly isOn = this.shortcuts.isOn;
  protected readonly entries = computed(() => {
    const labels = new Map<string, string>([[COMMAND_KEYS, 'shortcuts.palette']]);
    for (const set of this.shortcuts.active())
      for (const [keys, action] of Object.entries(set))
        if (typeof action === 'object' && action.label) labels.set(keys, action.label);
    return [...labels].map(([keys, label]) => ({ keys: keys.split(' '), label }));
  });
}
