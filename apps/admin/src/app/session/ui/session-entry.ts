import { NgTemplateOutlet } from '@angular/common';
import { Component, computed, type ElementRef, inject, input, output, signal, viewChild } from '@angular/core';
import { RouterLink, RouterLinkActive } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import type { SessionDto } from '@opsagent/contracts';
import { Formats } from '../../shared/i18n/formats.js';
import { Menu } from '../../shared/ui/menu.js';
import { Writes } from '../../shared/ui/writes.js';
import { Icon } from '../../shared/ui/icon/icon.js';

/** One session in the list: name, model, time, whether it is being answered, and what can be done with it. */
@Component({
  selector: 'oa-session-entry',
  imports: [NgTemplateOutlet, RouterLink, RouterLinkActive, TranslocoPipe, Icon, Menu, Writes],
  templateUrl: './session-entry.html',
  styleUrl: './session-entry.css',
})
export class SessionEntry {
  protected readonly formats = inject(Formats);
  private readonly field = viewChild<ElementRef<HTMLInputElement>>('field');
  readonly session = input.required<SessionDto>();
  readonly modelName = input('');
  /** What was searched for: it is marked in the text that was found. */
  readonly search = input('');
  readonly renamed = output<string>();
  readonly pinned = output();
  readonly archived = output();
  readonly deleted = output();
  /** Pressed to be selected, or not any more; true with `Shift`, for all up to here. */
  readonly selected = output<boolean>();
  /** Whether sessions are being selected instead of opened. */
  readonly isSelecting = input(false);
  readonly isSelected = input(false);
  protected readonly isRenaming = signal(false);
  protected readonly found = computed(() => {
    const excerpt = this.session().excerpt ?? '';
    const search = this.search();
    const at = search === '' ? -1 : excerpt.toLowerCase().indexOf(search.toLowerCase());
    if (at === -1) return { before: excerpt, match: '', after: '' };
    const end = at + search.length;
    return { before: excerpt.slice(0, at), match: excerpt.slice(at, end), after: excerpt.slice(end) };
  });

  /**
   * The list decides what a press means, so the box shows what that came to. With `Shift` the browser would select text instead
   * of passing the press on to the box.
   */
  protected press(event: MouseEvent, box: HTMLInputElement): void {
    if (event.target !== box) event.preventDefault();
    this.selected.emit(event.shiftKey);
    setTimeout(() => (box.checked = this.isSelected()));
  }

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
