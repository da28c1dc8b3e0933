import { Component, computed, inject, signal } from '@angular/core';
import { ActivatedRoute, RouterLink, RouterOutlet } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import { Obstacle } from '../shared/data/obstacle.js';
import { Gate } from '../shared/ui/gate.js';
import { SetupDraft } from './setup-draft.js';
import { Icon } from '../shared/ui/icon/icon.js';

const STEPS = ['account', 'model', 'test', 'chat'] as const;

/** The frame of the first run: where in the four steps one is, and the way out. What is entered lives as long as it. */
@Component({
  selector: 'oa-setup-frame',
  imports: [Gate, Icon, RouterLink, RouterOutlet, TranslocoDirective],
  providers: [SetupDraft],
  template: `
    <oa-gate [isWide]="true" *transloco="let t">
      <ol [attr.aria-label]="t('setup.progress', { step: step() + 1, steps: steps.length })">
        @for (name of steps; track name) {
          <li [class.done]="$index < step()" [attr.aria-current]="$index === step() ? 'step' : null">
            <span class="mark">
              @if ($index < step()) {
                <svg oaIcon="check" size="14" role="img" aria-hidden="false" [attr.aria-label]="t('setup.done')"></svg>
              } @else {
                {{ $index + 1 }}
              }
            </span>
            <span class="name">{{ t('setup.steps.' + name) }}</span>
          </li>
        }
      </ol>
      @if (obstacle()) {
        <p class="oa-notice warning" role="status"><svg oaIcon="wifi-off"></svg>{{ obstacle() }}</p>
      }
      <router-outlet (activate)="step.set(current())" />
      @if (mayLeave()) {
        <a class="later" routerLink="/">{{ t('setup.later') }}</a>
      }
    </oa-gate>
  `,
  styleUrl: './setup-frame.css',
})
export class SetupFrame {
  private readonly route = inject(ActivatedRoute);
  protected readonly obstacle = inject(Obstacle).reason;
  protected readonly steps = STEPS;
  protected readonly step = signal(0);
  /** Without an administrator there is nowhere to go. */
  protected readonly mayLeave = computed(() => this.step() > 0);

  protected current(): number {
    const step: unknown = this.route.snapshot.firstChild?.data['step'];
    return typeof step === 'number' ? step : 0;
  }
}
