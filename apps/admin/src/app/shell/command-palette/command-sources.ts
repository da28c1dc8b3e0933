import { inject, Injector, Service } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import { type Command, COMMAND_SOURCES, CommandMaker, type CommandSource } from '../../shared/data/commands.js';
import { CurrentUser } from '../../shared/data/current-user.js';
import { Theme, THEMES } from '../../shared/data/theme.js';
import { Language } from '../../shared/i18n/language.js';
import { LANGUAGE_NAMES, LANGUAGES } from '../../shared/i18n/texts.js';
import { PAGES, SETTINGS_PAGES } from '../pages.js';

/** Commands of several sources, and whether one of them did not answer. */
export interface Collected {
  readonly commands: readonly Command[];
  readonly isPartial: boolean;
}

/** Everything the palette can open or do for this user: the shell's own commands and those of every feature. */
@Service()
export class CommandSources {
  private readonly injector = inject(Injector);
  private readonly features = inject(COMMAND_SOURCES);
  private readonly make = inject(CommandMaker);
  private readonly transloco = inject(TranslocoService);
  private readonly user = inject(CurrentUser);
  private readonly theme = inject(Theme);
  private readonly language = inject(Language);

  /** What is here at once: pages, themes and languages, in the active language. */
  own(): readonly Command[] {
    const pages = [...PAGES, ...SETTINGS_PAGES].filter(({ role }) => this.user.can(role));
    return [
      ...pages.map(({ label, path }) => this.make.page('page', label, path)),
      ...THEMES.map((name) => this.named(`theme-${name}`, this.themeTitle(name), () => this.theme.use(name))),
      ...LANGUAGES.filter((code) => code !== this.language.active()).map((code) =>
        this.named(`language-${code}`, LANGUAGE_NAMES[code], () => void this.language.use(code)),
      ),
    ];
  }

  /** What features do without the server. */
  actions(): Promise<Collected> {
    return this.collect((source) => source.actions?.() ?? []);
  }

  /** What the server holds. */
  things(): Promise<Collected> {
    return this.collect(async (source) => (await source.things?.()) ?? []);
  }

  /** What the server finds beyond that. */
  search(sought: string): Promise<Collected> {
    return this.collect(async (source) => (await source.search?.(sought)) ?? []);
  }

  /** A source that does not answer is left out, and the caller can say so. */
  private async collect(
    ask: (source: CommandSource) => readonly Command[] | Promise<readonly Command[]>,
  ): Promise<Collected> {
    const answers = this.features.map(async (load) => ask(this.injector.get(await load())));
    const parts = await Promise.allSettled(answers);
    return {
      commands: parts.flatMap((part) => (part.status === 'fulfilled' ? part.value : [])),
      isPartial: parts.some(({ status }) => status === 'rejected'),
    };
  }

  private named(id: string, title: string, run: () => void): Command {
    return { id, kind: 'action', title, run };
  }

  private themeTitle(name: string): string {
    const words = this.transloco.translate<string>(`shell.themes.${name}`);
    return this.transloco.translate('palette.theme', { name: words });
  }
}
