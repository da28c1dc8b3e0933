import { Component, DestroyRef, inject, output, signal } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';

const SLOW_AFTER_MS = 3000;
const STUCK_AFTER_MS = 10_000;

/** Stands where something is loaded for the first time: tells a screen reader, says when it is slow, offers to start again. */
@Component({
  selector: 'oa-slow-note',
  imports: [TranslocoPipe],
  template: `
    <p class="oa-hidden" role="status">{{ (isSlow() ? 'common.slow' : 'common.loading') | transloco }}</p>
    @if (isSlow()) {
      <div class="slow">
        <span aria-hidden="true">{{ 'common.slow' | transloco }}</span>
        @if (isStuck()) {
          <button class="oa-button small" type="button" (click)="startAgain()">
            {{ 'common.startAgain' | transloco }}
          </button>
        }
      </div>
    }
  `,
  styles: `
    .slow {
      display: flex;
      align-items: center;
      gap: var(--oa-space-4);
      min-height: 44px;
      padding-top: var(--oa-space-3);
      color: var(--oa-text-muted);
      font: var(--oa-caption);
    }
  `,
})
export class SlowNote {
  readonly retried = output();
  protected readonly isSlow = signal(false);
  protected readonly isStuck = signal(false);
  private timers: ReturnType<typeof setTimeout>[] = [];

  constructor() {
    this.watch();
    inject(DestroyRef).onDestroy(() => this.timers.forEach(clearTimeout));
  }

  /** Gives up waiting and asks again; the patience begins anew. */
  protected startAgain(): void {
    this.timers.forEach(clearTimeout);
    this.isSlow.set(false);
    this.isStuck.set(false);
    this.watch();
    this.retried.emit();
  }

  private watch(): void {
    this.timers = [
      setTimeout(() => this.isSlow.set(true), SLOW_AFTER_MS),
      setTimeout(() => this.isStuck.set(true), STUCK_AFTER_MS),
    ];
  }
}
