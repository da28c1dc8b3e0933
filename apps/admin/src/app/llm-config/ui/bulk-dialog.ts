import { Component, computed, inject, input, output, signal } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { Formats } from '../../shared/i18n/formats.js';
import { Dialog } from '../../shared/ui/dialog.js';
import { Control, Field } from '../../shared/ui/field.js';
import { Writes } from '../../shared/ui/writes.js';
import type { BulkInput, BulkPreview } from '../bulk-preview.js';
import { tagsIn } from '../tags.js';
import { Icon } from '../../shared/ui/icon/icon.js';

const SHORTEST_S = 1;
const LONGEST_S = 600;
const NAMES_SHOWN = 5;

/** Says before anything is done what a bulk action would touch, whom that would concern and what it would leave out. */
@Component({
  selector: 'oa-bulk-dialog',
  imports: [TranslocoDirective, Icon, Control, Dialog, Field, Writes],
  templateUrl: './bulk-dialog.html',
  styles: `
    p,
    li {
      color: var(--oa-text-muted);
      font: var(--oa-control);
    }

    ul {
      display: flex;
      flex-direction: column;
      gap: var(--oa-space-2);
    }
  `,
})
export class BulkDialog {
  protected readonly formats = inject(Formats);
  readonly preview = input.required<BulkPreview>();
  /** Why the job could not be started. */
  readonly failure = input('');
  readonly isSending = input(false);
  /** Tags that can be offered. */
  readonly knownTags = input<readonly string[]>([]);
  readonly confirmed = output<BulkInput>();
  readonly dismissed = output();

  protected readonly tagText = signal('');
  protected readonly seconds = signal<number | null>(120);
  protected readonly isForced = signal(false);
  protected readonly isTagging = computed(() => ['tag', 'untag'].includes(this.preview().action));
  protected readonly isDangerous = computed(() => ['disable', 'delete'].includes(this.preview().action));
  protected readonly count = computed(() => {
    const { configs, inUse } = this.preview();
    return configs.length + (this.isForced() ? inUse.length : 0);
  });
  protected readonly names = computed(() => {
    const { configs } = this.preview();
    const shown = configs.slice(0, NAMES_SHOWN).map(({ name }) => name);
    return shown.join(' · ') + (configs.length > NAMES_SHOWN ? ' …' : '');
  });
  protected readonly uses = computed(() => [...this.preview().uses].map(([kind, count]) => ({ kind, count })));
  protected readonly isComplete = computed(() => {
    if (this.isTagging()) return tagsIn(this.tagText()).length > 0;
    const seconds = this.seconds() ?? 0;
    return this.preview().action !== 'set_timeout' || (seconds >= SHORTEST_S && seconds <= LONGEST_S);
  });

  protected confirm(): void {
    if (this.isTagging()) return this.confirmed.emit({ tags: tagsIn(this.tagText()) });
    if (this.preview().action === 'set_timeout') return this.confirmed.emit({ total_ms: (this.seconds() ?? 0) * 1000 });
    this.confirmed.emit(this.isForced() ? { force: true } : {});
  }
}
