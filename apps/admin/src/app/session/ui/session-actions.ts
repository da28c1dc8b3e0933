import { inject, Service } from '@angular/core';
import { Router } from '@angular/router';
import { TranslocoService } from '@jsverse/transloco';
import type { SessionDto } from '@opsagent/contracts';
import { toProblem } from '../../shared/data/problem.js';
import { ProblemText } from '../../shared/data/problem-text.js';
import { Toasts } from '../../shared/ui/toasts.js';
import { SessionList } from '../session-list.js';

/** What can be done with a session from the list: at once, with a way back, and with the reason when the server refuses. */
@Service()
export class SessionActions {
  private readonly list = inject(SessionList);
  private readonly router = inject(Router);
  private readonly toasts = inject(Toasts);
  private readonly transloco = inject(TranslocoService);
  private readonly problemText = inject(ProblemText);

  rename(session: SessionDto, name: string): Promise<void> {
    return this.said(this.list.rename(session, name));
  }

  pin(session: SessionDto): Promise<void> {
    return this.said(this.list.pin(session, session.pinned_at === null));
  }

  async archive(session: SessionDto): Promise<void> {
    const isAway = session.archived_at === null;
    await this.said(
      this.list
        .archive(session, isAway)
        .then(() =>
          this.offerBack(isAway ? 'archived' : 'unarchived', session, () => this.list.archive(session, !isAway)),
        ),
    );
  }

  async delete(session: SessionDto): Promise<void> {
    const isOpen = this.router.url.startsWith(`/sessions/${session.session_id}`);
    const { url } = this.router;
    await this.said(
      this.list.delete(session).then(async () => {
        this.offerBack('deleted', session, async () => {
          await this.list.restore(session);
          if (isOpen) await this.router.navigateByUrl(url);
        });
        if (isOpen) await this.router.navigateByUrl('/sessions');
      }),
    );
  }

  private offerBack(what: 'archived' | 'unarchived' | 'deleted', session: SessionDto, run: () => Promise<void>): void {
    const name = session.session_name || this.transloco.translate<string>('session.list.unnamed');
    this.toasts.done(this.transloco.translate(`session.list.done.${what}`, { name }), {
      label: this.transloco.translate('common.undo'),
      run: () => void this.said(run()),
    });
  }

  private said(change: Promise<unknown>): Promise<void> {
    return change.then(
      () => undefined,
      (error: unknown) => this.toasts.failed(this.problemText.line(toProblem(error))),
    );
  }
}
