import { Component, type ElementRef, inject, input, output, signal, viewChild } from '@angular/core';
import { RouterLink, RouterLinkActive } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import { LucideEllipsis, LucideLoader, LucidePencil, LucideTrash2 } from '@lucide/angular';
import type { SessionDto } from '@opsagent/contracts';
import { Formats } from '../../shared/i18n/formats.js';
import { Menu } from '../../shared/ui/menu.js';

/** One session in the list: name, model, time, whether it is being answered, and what can be done with it. */
@Component({
  selector: 'oa-session-entry',
  imports: [
    RouterLink,
    RouterLinkActive,
    TranslocoPipe,
    LucideEllipsis,
    LucideLoader,
    LucidePencil,
    LucideTrash2,
    Menu,
  ],
  templateUrl: './session-entry.html',
  styleUrl: './session-entry.css',
})
export class SessionEntry {
  protected readonly formats = inject(Formats);
  private readonly field = viewChild<ElementRef<HTMLInputElement>>('field');
  readonly session = input.required<SessionDto>();
  readonly modelName = input('');
  readonly renamed = output<string>();
  readonly deleted = output();
  protected readonly isRenaming = signal(false);

  protected beginRename(): void {
    this.isRenaming.set(true);
    setTimeout(() => this.field()?.nativeElement.select());
  }

  /** Keeps the old name when the new one is empty or the same. */
  protected endRename(name: string): void {
    if (!this.isRenaming()) return;
    this.isRenaming.set(false);
    const trimmed = name.trim();
    if (trimmed !== '' && trimmed !== this.session().session_name) this.renamed.emit(trimmed);
  }
}
