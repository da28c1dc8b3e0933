import { Component, computed, inject, input, resource } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { ApprovalClient } from '../shared/data/approval-client.js';
import { CurrentUser } from '../shared/data/current-user.js';
import { namesPlace } from '../shared/data/place.js';
import { toProblem } from '../shared/data/problem.js';
import { saveFile } from '../shared/data/save-file.js';
import { Formats } from '../shared/i18n/formats.js';
import { Language } from '../shared/i18n/language.js';
import { ApprovalWords } from '../shared/ui/approval/approval-words.js';
import { CopyButton } from '../shared/ui/copy-button.js';
import { Icon } from '../shared/ui/icon/icon.js';
import { MarkdownView } from '../shared/ui/markdown/markdown-view.js';
import { State } from '../shared/ui/state.js';
import { fileName } from './export-session.js';
import { type ReportFacts, reportOf, type ReportWords } from './report.js';
import { SessionClient } from './session-client.js';
import { wholeLine } from './whole-line.js';

const MOST_APPROVALS = 1000;

/** The hand-over report of a session as it would be saved, to be read before it is saved or printed. */
@Component({
  selector: 'oa-report-page',
  imports: [CopyButton, Icon, MarkdownView, RouterLink, State, TranslocoDirective],
  templateUrl: './report-page.html',
  styleUrl: './report-page.css',
})
export class ReportPage {
  private readonly client = inject(SessionClient);
  private readonly approvals = inject(ApprovalClient);
  private readonly user = inject(CurrentUser);
  private readonly transloco = inject(TranslocoService);
  private readonly language = inject(Language);
  private readonly formats = inject(Formats);
  private readonly approvalWords = inject(ApprovalWords);
  /** The session, from the route. */
  readonly id = input.required<string>();
  /** A version whose line is meant, the newest line without it. */
  readonly message = input<string>();
  protected readonly facts = resource({
    params: () => ({ id: this.id(), through: this.message() ?? null }),
    loader: ({ params }) => this.read(params.id, params.through),
  });
  protected readonly report = computed(() => {
    this.language.active();
    return this.facts.hasValue() ? reportOf(this.facts.value(), this.words()) : null;
  });
  protected readonly problem = computed(() => {
    const error = this.facts.error();
    return error ? toProblem(error) : null;
  });

  constructor() {
    namesPlace(() => (this.facts.hasValue() ? this.facts.value().session.session_name : ''));
  }

  protected save(): void {
    const report = this.report();
    if (report !== null && this.facts.hasValue()) saveFile(fileName(this.facts.value().session, 'report.md'), report);
  }

  protected print(): void {
    window.print();
  }

  private async read(id: string, through: string | null): Promise<ReportFacts> {
    // Whoever may not ask has led to no request for approval either.
    const approvals = this.user.can('operator')
      ? this.approvals.list({ session_id: id, limit: MOST_APPROVALS })
      : Promise.resolve({ items: [] });
    const [session, messages, { items }] = await Promise.all([
      this.client.get(id),
      wholeLine(this.client, id, through),
      approvals,
    ]);
    const known = new Set(messages.map(({ message_id: messageId }) => messageId));
    const { user } = this.user.me()!;
    return {
      ...{ session, messages, approvals: items.filter(({ message_id: messageId }) => known.has(messageId)) },
      ...{ author: user.name ?? user.email, madeAt: new Date().toISOString() },
    };
  }

  private words(): ReportWords {
    const isEnglish = this.language.active() === 'en';
    return {
      text: (key, facts) => this.transloco.translate(`session.report.${key}`, facts),
      named: (name) => this.transloco.translate('session.report.named', { name }),
      label: ({ en, zh }) => (isEnglish ? en : zh),
      state: (state) => this.transloco.translate(`session.step.${state}`),
      ending: (approval) => this.approvalWords.ending(approval, (iso) => this.formats.moment(iso)),
      moment: (iso) => this.formats.moment(iso),
      duration: (ms) => this.formats.duration(ms),
    };
  }
}
