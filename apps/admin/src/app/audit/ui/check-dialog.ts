import { Component, computed, DestroyRef, inject, output, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import type { AuditVerificationDto } from '@opsagent/contracts';
import { type Problem, toProblem } from '../../shared/data/problem.js';
import { Formats } from '../../shared/i18n/formats.js';
import { Dialog } from '../../shared/ui/dialog.js';
import { Icon } from '../../shared/ui/icon/icon.js';
import { State } from '../../shared/ui/state.js';
import { AuditClient } from '../audit-client.js';

/** Has the server compare the whole log with its check values, and says what came of it. */
@Component({
  selector: 'oa-check-dialog',
  imports: [RouterLink, TranslocoDirective, Dialog, Icon, State],
  template: `
    <oa-dialog *transloco="let t" [heading]="t('audit.check.title')" (dismissed)="dismissed.emit()">
      <p class="oa-muted">{{ t('audit.check.hint') }}</p>
      <div role="status">
        @if (result(); as result) {
          @if (result.is_intact) {
            <p class="oa-notice success">
              <svg oaIcon="circle-check"></svg>{{ t('audit.check.intact', { count: formats.number(result.entries) }) }}
            </p>
          } @else if (result.flaw; as flaw) {
            <p class="oa-notice danger">
              <svg oaIcon="shield-alert"></svg>
              <span>{{ t('audit.check.broken') }} {{ t('audit.check.flaw.' + flaw.flaw, { seq: flaw.seq }) }}</span>
            </p>
            @if (linked(); as seq) {
              <a [routerLink]="['/audit', seq]" (click)="dismissed.emit()">{{
                t(flaw.flaw === 'missing' ? 'audit.check.before' : 'audit.check.openFlaw', { seq })
              }}</a>
            }
          }
          @if (result.unchained > 0) {
            <p class="oa-muted">{{ t('audit.check.unchained', { count: formats.number(result.unchained) }) }}</p>
          }
        } @else if (!problem()) {
          <p class="running">
            <svg oaIcon="loader-circle"></svg>{{ t('audit.check.running', { seconds: seconds() }) }}
          </p>
        }
      </div>
      @if (problem(); as problem) {
        <oa-state kind="failed" [problem]="problem" (retried)="run()" />
      }
      @if (result()) {
        <button actions class="oa-button" type="button" (click)="run()">{{ t('audit.check.again') }}</button>
      }
      <button actions class="oa-button" type="button" (click)="dismissed.emit()">{{ t('common.close') }}</button>
    </oa-dialog>
  `,
  styles: `
    p {
      margin: 0 0 var(--oa-space-4);
    }

    .running {
      display: flex;
      align-items: center;
      gap: var(--oa-space-3);
    }

    .running svg {
      animation: oa-turn 700ms linear infinite;
    }
  `,
})
export class CheckDialog {
  readonly dismissed = output();
  private readonly client = inject(AuditClient);
  protected readonly formats = inject(Formats);
  protected readonly result = signal<AuditVerificationDto | null>(null);
  protected readonly problem = signal<Problem | null>(null);
  protected readonly seconds = signal(0);
  /** The entry to look at: of one that is gone, the one before. */
  protected readonly linked = computed(() => {
    const flaw = this.result()?.flaw;
    if (!flaw) return null;
    const seq = flaw.flaw === 'missing' ? BigInt(flaw.seq) - 1n : BigInt(flaw.seq);
    return seq > 0n ? String(seq) : null;
  });

  constructor() {
    const ticks = setInterval(() => this.seconds.update((count) => count + 1), 1000);
    inject(DestroyRef).onDestroy(() => clearInterval(ticks));
    void this.run();
  }

  protected async run(): Promise<void> {
    this.result.set(null);
    this.problem.set(null);
    this.seconds.set(0);
    try {
      this.result.set(await this.client.verify());
    } catch (error) {
      this.problem.set(toProblem(error));
    }
  }
}
