import { Component, computed, inject, signal } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { toProblem } from '../../shared/data/problem.js';
import { Formats } from '../../shared/i18n/formats.js';
import { Icon } from '../../shared/ui/icon/icon.js';
import { State } from '../../shared/ui/state.js';
import { ProveDialog } from './prove-dialog.js';
import { TurnOnDialog } from './turn-on-dialog.js';
import { TwoFactorClient } from './two-factor-client.js';

/** So few recovery codes are worth a word. */
const FEW = 3;

/** Whether one's own account asks for a second factor, and everything that changes it. */
@Component({
  selector: 'oa-two-factor-section',
  imports: [Icon, ProveDialog, State, TranslocoDirective, TurnOnDialog],
  template: `
    <section class="oa-card" aria-labelledby="oa-two-factor" *transloco="let t">
      <h2 id="oa-two-factor">{{ t('identity.twoFactor.title') }}</h2>
      <p class="oa-muted">{{ t('identity.twoFactor.intro') }}</p>
      @if (problem(); as problem) {
        <oa-state kind="failed" [problem]="problem" (retried)="state.reload()" />
      } @else if (state.value(); as state) {
        @if (state.is_on && state.since) {
          <p class="on">
            <svg oaIcon="circle-check"></svg>
            {{ t('identity.twoFactor.isOn', { since: formats.moment(state.since) }) }}
          </p>
          @if (state.recovery_codes_left < few) {
            <p class="oa-notice warning">
              <svg oaIcon="triangle-alert"></svg>
              {{ t('identity.twoFactor.fewCodes', { count: state.recovery_codes_left }) }}
            </p>
          } @else {
            <p>{{ t('identity.twoFactor.codesLeft', { count: state.recovery_codes_left }) }}</p>
          }
          <div class="actions">
            <button class="oa-button" type="button" (click)="open.set('renew')">
              {{ t('identity.twoFactor.renew.confirm') }}
            </button>
            <button class="oa-button" type="button" (click)="open.set('off')">
              {{ t('identity.twoFactor.off.confirm') }}
            </button>
          </div>
        } @else {
          <div class="actions">
            <button class="oa-button primary" type="button" (click)="open.set('on')">
              {{ t('identity.twoFactor.turnOn') }}
            </button>
          </div>
        }
      } @else {
        <oa-state kind="loading" [rows]="2" />
      }
    </section>
    @defer (when open() !== null) {
      @switch (open()) {
        @case ('on') {
          <oa-turn-on-dialog (closed)="close($event)" />
        }
        @case ('renew') {
          <oa-prove-dialog purpose="renew" (closed)="close($event)" />
        }
        @case ('off') {
          <oa-prove-dialog purpose="off" (closed)="close($event)" />
        }
      }
    }
  `,
  styles: `
    .oa-card {
      display: flex;
      flex-direction: column;
      gap: var(--oa-space-5);
      max-width: 720px;
      padding: var(--oa-space-5);
    }

    p {
      font: var(--oa-control);
    }

    .on {
      display: flex;
      align-items: center;
      gap: var(--oa-space-3);
    }

    .on svg {
      color: var(--oa-success);
    }

    .actions {
      display: flex;
      flex-wrap: wrap;
      gap: var(--oa-space-3);
    }
  `,
})
export class TwoFactorSection {
  protected readonly state = inject(TwoFactorClient).state();
  protected readonly formats = inject(Formats);
  protected readonly few = FEW;
  protected readonly open = signal<'on' | 'renew' | 'off' | null>(null);
  protected readonly problem = computed(() => {
    const error = this.state.error();
    return error ? toProblem(error) : null;
  });

  protected close(hasChanged: boolean): void {
    this.open.set(null);
    if (hasChanged) this.state.reload();
  }
}
