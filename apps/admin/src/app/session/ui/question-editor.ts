import { afterNextRender, Component, type ElementRef, input, output, viewChild } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { Writes } from '../../shared/ui/writes.js';

/** Changes an earlier question before it is asked again; Esc leaves everything as it was. */
@Component({
  selector: 'oa-question-editor',
  imports: [TranslocoPipe, Writes],
  template: `
    <textarea
      #area
      class="oa-input"
      maxlength="1000000"
      [attr.aria-label]="'session.edit.label' | transloco"
      [value]="text()"
      (keydown)="press($event)"
    ></textarea>
    <div class="oa-row">
      <span class="note oa-caption oa-muted">{{ 'session.edit.note' | transloco }}</span>
      <button class="oa-button small" type="button" (click)="cancelled.emit()">
        {{ 'common.cancel' | transloco }}
      </button>
      <button oaWrites class="oa-button primary small" type="button" [disabled]="!canAsk()" (click)="send()">
        {{ 'session.edit.send' | transloco }}
      </button>
    </div>
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      gap: var(--oa-space-3);
      width: min(100%, 640px);
    }

    textarea {
      min-height: 84px;
      max-height: 40vh;
      padding: var(--oa-space-3) var(--oa-space-4);
      font: var(--oa-body);
      field-sizing: content;
      resize: vertical;
    }

    .oa-row {
      justify-content: flex-end;
    }

    .note {
      flex: 1;
    }
  `,
})
export class QuestionEditor {
  private readonly area = viewChild.required<ElementRef<HTMLTextAreaElement>>('area');
  readonly text = input.required<string>();
  readonly canAsk = input(true);
  readonly sent = output<string>();
  readonly cancelled = output();

  constructor() {
    afterNextRender(() => {
      const area = this.area().nativeElement;
      area.focus();
      area.setSelectionRange(area.value.length, area.value.length);
    });
  }

  protected press(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      this.cancelled.emit();
    } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.send();
    }
  }

  protected send(): void {
    const query = this.area().nativeElement.value.trim();
    if (query !== '' && this.canAsk()) this.sent.emit(query);
  }
}
