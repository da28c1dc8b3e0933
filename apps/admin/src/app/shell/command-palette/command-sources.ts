import { HttpClient } from '@angular/common/http';
import { inject, Service } from '@angular/core';
import { Router } from '@angular/router';
import { TranslocoService } from '@jsverse/transloco';
import type { AppListDto, LlmConfigDto, SessionListDto } from '@opsagent/contracts';
import { firstValueFrom, type Observable } from 'rxjs';
import { CurrentUser } from '../../shared/data/current-user.js';
import { Theme, THEMES } from '../../shared/data/theme.js';
import { Language } from '../../shared/i18n/language.js';
import { LANGUAGE_NAMES, LANGUAGES } from '../../shared/i18n/texts.js';
import { OWN_PAGES, PAGES } from '../pages.js';
import type { Command, CommandKind } from './command.js';

/** Everything the palette can open or do for this user. */
@Service()
export class CommandSources {
  private readonly http = inject(HttpClient);
  private readonly router = inject(Router);
  private readonly transloco = inject(TranslocoService);
  private readonly user = inject(CurrentUser);
  private readonly theme = inject(Theme);
  private readonly language = inject(Language);

  /** What needs no server: pages and actions, in the active language. */
  own(): readonly Command[] {
    const { user } = this;
    const pages = PAGES.filter(({ role }) => user.can(role)).map(({ label, path }) => this.open('page', label, path));
    const mayWrite = user.can('operator');
    return [
      ...pages,
      ...OWN_PAGES.map(({ label, path }) => this.open('page', label, path)),
      ...(mayWrite
        ? [
            this.open('action', 'palette.newSession', '/sessions/new'),
            this.open('action', 'palette.newConfig', '/configs/new'),
          ]
        : []),
      ...THEMES.map((name) => this.action(`theme-${name}`, this.themeTitle(name), () => this.theme.use(name))),
      ...LANGUAGES.filter((code) => code !== this.language.active()).map((code) =>
        this.action(`language-${code}`, LANGUAGE_NAMES[code], () => void this.language.use(code)),
      ),
    ];
  }

  /** What the server holds; a part that does not answer is left out, and the caller says so. */
  async stored(): Promise<{ commands: readonly Command[]; isPartial: boolean }> {
    const parts = await Promise.allSettled([this.sessions(), this.configs(), this.apps()]);
    return {
      commands: parts.flatMap((part) => (part.status === 'fulfilled' ? part.value : [])),
      isPartial: parts.some(({ status }) => status === 'rejected'),
    };
  }

  private async sessions(): Promise<Command[]> {
    const { items } = await this.get<SessionListDto>('/api/sessions', { limit: 200 });
    return items
      .filter(({ session_name }) => session_name !== '')
      .map((session) =>
        this.item('session', session.session_id, session.session_name, `/sessions/${session.session_id}`),
      );
  }

  private async configs(): Promise<Command[]> {
    const configs = await this.get<LlmConfigDto[]>('/api/llm-configs', { limit: 1000 });
    return configs.map(({ id, name, model_name }) => this.item('config', id, name, `/configs/${id}`, model_name));
  }

  private async apps(): Promise<Command[]> {
    if (!this.user.can('operator')) return [];
    const { items } = await this.get<AppListDto>('/api/apps', {});
    return items.map(({ id, name }) => this.item('app', id, name, '/apps'));
  }

  private get<T>(url: string, params: Record<string, number>): Promise<T> {
    const answer: Observable<T> = this.http.get<T>(url, { params });
    return firstValueFrom(answer);
  }

  private item(kind: CommandKind, id: string, title: string, path: string, note?: string): Command {
    return { id: `${kind}-${id}`, kind, title, note, run: () => void this.router.navigateByUrl(path) };
  }

  private open(kind: CommandKind, label: string, path: string): Command {
    const title = this.transloco.translate<string>(label);
    return { id: path, kind, title, run: () => void this.router.navigateByUrl(path) };
  }

  private action(id: string, title: string, run: () => void): Command {
    return { id, kind: 'action', title, run };
  }

  private themeTitle(name: string): string {
    const words = this.transloco.translate<string>(`shell.themes.${name}`);
    return this.transloco.translate('palette.theme', { name: words });
  }
}
