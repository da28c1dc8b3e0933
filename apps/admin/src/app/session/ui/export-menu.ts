import { Component, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoPipe, TranslocoService } from '@jsverse/transloco';
import type { SessionDto } from '@opsagent/contracts';
import { toProblem } from '../../shared/data/problem.js';
import { ProblemText } from '../../shared/data/problem-text.js';
import { saveFile } from '../../shared/data/save-file.js';
import { Menu } from '../../shared/ui/menu.js';
import { Toasts } from '../../shared/ui/toasts.js';
import { asJson, asMarkdown, fileName } from '../export-session.js';
import { SessionClient } from '../session-client.js';
import { wholeLine } from '../whole-line.js';
import { Icon } from '../../shared/ui/icon/icon.js';

/** Saves the whole line of a session as a file. */
@Component({
  selector: 'oa-export-menu',
  imports: [Icon, Menu, RouterLink, TranslocoPipe],
  template: `
    <oa-menu look="ghost icon" [label]="'session.export.menu' | transloco">
      <svg trigger oaIcon="download"></svg>
      <button class="oa-menu-item" type="button" role="menuitem" (click)="save('md')">
        {{ 'session.export.markdown' | transloco }}
      </button>
      <button class="oa-menu-item" type="button" role="menuitem" (click)="save('json')">
        {{ 'session.export.json' | transloco }}
      </button>
      <a
        class="oa-menu-item"
        role="menuitem"
        [routerLink]="['/sessions', session().session_id, 'report']"
        [queryParams]="{ message: through() }"
      >
        {{ 'session.export.report' | transloco }}
      </a>
    </oa-menu>
  `,
})
export class ExportMenu {
  private readonly client = inject(SessionClient);
  private readonly transloco = inject(TranslocoService);
  private readonly toasts = inject(Toasts);
  private readonly problemText = inject(ProblemText);
  readonly session = input.required<SessionDto>();
  /** The version whose line is meant, null for the newest. */
  readonly through = input<string | null>(null);

  protected async save(extension: 'md' | 'json'): Promise<void> {
    const session = this.session();
    try {
      const messages = await wholeLine(this.client, session.session_id, this.through());
      const text = extension === 'md' ? asMarkdown(session, messages, this.words()) : asJson(session, messages);
      saveFile(fileName(session, extension), text);
    } catch (error) {
      this.toasts.failed(this.problemText.line(toProblem(error)));
    }
  }

  private words() {
    const word = (key: string): string => this.transloco.translate(`session.${key}`);
    return { question: word('export.question'), answer: word('export.answer'), unnamed: word('list.unnamed') };
  }
}
