import { Component, computed, inject, input } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import type { AuditEntryDto } from '@opsagent/contracts';
import { toProblem } from '../shared/data/problem.js';
import { Formats } from '../shared/i18n/formats.js';
import { CopyButton } from '../shared/ui/copy-button.js';
import { Drawer } from '../shared/ui/drawer.js';
import { State } from '../shared/ui/state.js';
import { AuditClient } from './audit-client.js';
import { AuditWords, changesOf } from './audit-words.js';
import { Sentence } from './ui/sentence.js';

const CREDENTIALS = ['sign_in', 'token', 'app_key', 'auth_off'];

/** One entry: who, what, from where, and what was before and after. */
@Component({
  selector: 'oa-entry-drawer',
  imports: [RouterLink, TranslocoDirective, CopyButton, Drawer, Sentence, State],
  templateUrl: './entry-drawer.html',
  styleUrl: './entry-drawer.css',
})
export class EntryDrawer {
  /** From the address. */
  readonly seq = input.required<string>();
  private readonly client = inject(AuditClient);
  private readonly router = inject(Router);
  protected readonly words = inject(AuditWords);
  protected readonly formats = inject(Formats);
  protected readonly read = this.client.one(() => this.seq());
  protected readonly entry = computed(() => (this.read.hasValue() ? this.read.value() : null));
  protected readonly problem = computed(() => {
    const error = this.read.error();
    return error ? toProblem(error) : null;
  });
  protected readonly changes = computed(() => {
    const entry = this.entry();
    return entry ? changesOf(entry) : [];
  });
  /** Whether there was something before: otherwise the entry tells facts, not a change. */
  protected readonly isChange = computed(() => this.entry()?.before != null);
  protected readonly credential = computed(() => {
    const credential = this.entry()?.credential;
    return credential && CREDENTIALS.includes(credential) ? `audit.credentials.${credential}` : null;
  });

  protected close(): void {
    void this.router.navigate(['/audit'], { queryParamsHandling: 'preserve' });
  }

  protected only(part: { actor: string } | { target: string }): void {
    void this.router.navigate(['/audit'], { queryParams: part });
  }

  protected targetOf({ target_type, target_id }: AuditEntryDto): string | null {
    return target_id === null ? null : `${target_type}:${target_id}`;
  }
}
