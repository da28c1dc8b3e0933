import { Component, computed, inject, linkedSignal, output, signal } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { LucideSearch } from '@lucide/angular';
import { loadPinyin } from '../../shared/data/pinyin.js';
import { Modal } from '../../shared/ui/modal.js';
import type { Command } from './command.js';
import { CommandSearch } from './command-search.js';
import { CommandSources } from './command-sources.js';
import { recentCommands, rememberCommand } from './recent-commands.js';

/** Opens any page, session, configuration or app and does any action by a few letters. */
@Component({
  selector: 'oa-command-palette',
  imports: [TranslocoDirective, LucideSearch, Modal],
  templateUrl: './command-palette.html',
  styleUrl: './command-palette.css',
})
export class CommandPalette {
  private readonly sources = inject(CommandSources);
  readonly closed = output();
  protected readonly query = signal('');
  protected readonly isLoading = signal(true);
  protected readonly isPartial = signal(false);
  private readonly search = signal(new CommandSearch(null));
  private readonly stored = signal<readonly Command[]>([]);
  private readonly own = this.sources.own();
  private readonly recent = recentCommands();
  protected readonly found = computed(() =>
    this.search().find([...this.own, ...this.stored()], this.query(), this.recent),
  );
  /** Another query begins at its best match again; what comes in later does not move the choice. */
  protected readonly chosen = linkedSignal<string, number>({ source: this.query, computation: () => 0 });

  constructor() {
    // Without a network it finds by letters alone.
    void loadPinyin().then(
      (pronounce) => this.search.set(new CommandSearch(pronounce)),
      () => this.isPartial.set(true),
    );
    void this.load();
  }

  protected move(event: KeyboardEvent): void {
    const count = this.found().length;
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: count - 1, PageDown: 8, PageUp: count - 8 };
    const step = steps[event.key];
    if (event.isComposing || count === 0) return;
    if (event.key === 'Enter') this.run(this.found()[this.chosen()]);
    else if (step === undefined) return;
    else this.choose((((this.chosen() + step) % count) + count) % count);
    event.preventDefault();
  }

  protected run(command: Command | undefined): void {
    if (!command) return;
    rememberCommand(command.id);
    this.closed.emit();
    command.run();
  }

  private choose(index: number): void {
    this.chosen.set(index);
    document.getElementById(`oa-command-${index}`)?.scrollIntoView({ block: 'nearest' });
  }

  private async load(): Promise<void> {
    const { commands, isPartial } = await this.sources.stored();
    this.stored.set(commands);
    if (isPartial) this.isPartial.set(true);
    this.isLoading.set(false);
  }
}
