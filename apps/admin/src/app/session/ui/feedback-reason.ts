import { afterNextRender, Component, type ElementRef, output, viewChild } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';

/** Asks why an answer did not help; nobody has to say. */
@Component({
  selector: 'oa-feedback-reason',
  imports: [TranslocoPipe],
  template: `
    <input
      #field
      class="oa-input"
      maxlength="2000"
      autocomplete="off"
      [attr.aria-label]="'session.feedback.reason' | transloco"
      [placeholder]="'session.feedback.reason' | transloco"
      (keydown.enter)="!$any($event).isComposing && give(field.value)"
      (keydown.escape)="$event.preventDefault(); given.emit(null)"
    />
    <button class="oa-button small" type="button" (click)="give(field.value)">
      {{ 'session.feedback.send' | transloco }}
    </button>
    <button class="oa-button ghost small" type="button" (click)="given.emit(null)">
      {{ 'session.feedback.skip' | transloco }}
    </button>
  `,
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      gap: var(--oa-space-3);
      align-items: center;
      max-width: 560px;
    }

    input {
      flex: 1 1 220px;
    }
  `,
})
export class FeedbackReason {
  private readonly field = viewChild.required<ElementRef<HTMLInputElement>>('field');
  /** The reason, or null when none is given. */
  readonly given = output<string | null>();

  constructor() {
    afterNextRender(() => this.field().nativeElement.focus());
  }

  protected give(text: string): void {
    this.given.emit(text.trim() || null);
  }
}
