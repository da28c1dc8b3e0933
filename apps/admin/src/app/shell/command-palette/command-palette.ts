import { Component, computed, effect, inject, linkedSignal, output, signal } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { loadPinyin } from '../../shared/data/pinyin.js';
import type { Command } from '../../shared/data/commands.js';
import { Modal } from '../../shared/ui/modal.js';
import { CommandSearch } from './command-search.js';
import { type Collected, CommandSources } from './command-sources.js';
import { recentCommands, rememberCommand } from './recent-commands.js';
import { Icon } from '../../shared/ui/icon/icon.js';

const SEARCH_AFTER_MS = 150;

/** Opens any page, session, configuration or app and does any action by a few letters. */
@Component({
  selector: 'oa-command-palette',
  imports: [TranslocoDirective, Icon, Modal],
  templateUrl: './command-palette.html',
  styleUrl: './command-palette.css',
})
export class CommandPalette {
  private readonly sources = inject(CommandSources);
  readonly closed = output();
  protected readonly query = signal('');
  private readonly asking = signal(0);
  /** The letters that the server was asked about last. */
  private readonly answered = signal('');
  protected readonly isLoading = computed(() => this.asking() > 0 || this.answered() !== this.query().trim());
  protected readonly isPartial = signal(false);
  private readonly search = signal(new CommandSearch(null));
  private readonly own = this.sources.own();
  private readonly actions = signal<readonly Command[]>([]);
  private readonly things = signal<readonly Command[]>([]);
  /** What the server found for the letters typed last. */
  private readonly sought = signal<readonly Command[]>([]);
  private readonly recent = recentCommands();
  private readonly all = computed(() => {
    const commands = [...this.actions(), ...this.own, ...this.things(), ...this.sought()];
    return [...new Map(commands.map((command) => [command.id, command])).values()];
  });
  protected readonly found = computed(() => this.search().find(this.all(), this.query(), this.recent));
  /** Another query begins at its best match again; what comes in later does not move the choice. */
  protected readonly chosen = linkedSignal<string, number>({ source: this.query, computation: () => 0 });

  constructor() {
    // Without a network it finds by letters alone.
    void loadPinyin().then(
      (pronounce) => this.search.set(new CommandSearch(pronounce)),
      () => this.isPartial.set(true),
    );
    void this.read(this.sources.actions()).then((commands) => this.actions.set(commands));
    void this.read(this.sources.things()).then((commands) => this.things.set(commands));
    effect((onCleanup) => {
      const query = this.query().trim();
      if (query === '') return this.answered.set('');
      const timer = setTimeout(() => void this.find(query), SEARCH_AFTER_MS);
      onCleanup(() => clearTimeout(timer));
    });
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

  private async find(query: string): Promise<void> {
    const commands = await this.read(this.sources.search(query));
    // An answer about other letters comes too late.
    if (query !== this.query().trim()) return;
    this.sought.set(commands);
    this.answered.set(query);
  }

  private async read(answer: Promise<Collected>): Promise<readonly Command[]> {
    this.asking.update((count) => count + 1);
    const { commands, isPartial } = await answer;
    this.asking.update((count) => count - 1);
    if (isPartial) this.isPartial.set(true);
    return commands;
  }
}
