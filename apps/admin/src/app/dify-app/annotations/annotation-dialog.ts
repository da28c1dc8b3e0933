import { Component, computed, inject, input, linkedSignal, output, signal } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { AnnotationDto } from '@opsagent/contracts';
import { toProblem } from '../../shared/data/problem.js';
import { ProblemText } from '../../shared/data/problem-text.js';
import { Dialog } from '../../shared/ui/dialog.js';
import { Control, Field } from '../../shared/ui/field.js';
import { Icon } from '../../shared/ui/icon/icon.js';
import { Writes } from '../../shared/ui/writes.js';
import { AnnotationClient } from './annotation-client.js';

/** Writes an annotation, a new one or one there is. */
@Component({
  selector: 'oa-annotation-dialog',
  imports: [Control, Dialog, Field, Icon, TranslocoDirective, Writes],
  template: `
    <oa-dialog
      *transloco="let t"
      [closesOutside]="false"
      [heading]="t(annotation() ? 'apps.annotations.edit' : 'apps.annotations.add')"
      (dismissed)="dismissed.emit()"
    >
      <form id="oa-annotation-form" novalidate (submit)="save($event)">
        <oa-field [label]="t('apps.annotations.question')" [error]="errorOf(question(), t('validation.required'))">
          <textarea
            oaControl
            data-first
            rows="3"
            maxlength="10000"
            [value]="question()"
            (input)="question.set($any($event.target).value)"
          ></textarea>
        </oa-field>
        <oa-field
          [label]="t('apps.annotations.answer')"
          [hint]="t('apps.annotations.answerHint')"
          [error]="errorOf(answer(), t('validation.required'))"
        >
          <textarea
            oaControl
            rows="8"
            maxlength="100000"
            [value]="answer()"
            (input)="answer.set($any($event.target).value)"
          ></textarea>
        </oa-field>
        @if (failure()) {
          <p class="oa-notice danger" role="alert"><svg oaIcon="circle-x"></svg>{{ failure() }}</p>
        }
      </form>
      <ng-container actions>
        <button class="oa-button" type="button" (click)="dismissed.emit()">{{ t('common.cancel') }}</button>
        <button oaWrites class="oa-button primary" type="submit" form="oa-annotation-form" [attr.aria-busy]="isBusy()">
          {{ t('apps.save') }}
        </button>
      </ng-container>
    </oa-dialog>
  `,
  styles: `
    form {
      display: flex;
      flex-direction: column;
      gap: var(--oa-space-5);
    }
  `,
})
export class AnnotationDialog {
  private readonly client = inject(AnnotationClient);
  private readonly problemText = inject(ProblemText);
  readonly appId = input.required<string>();
  /** Null for a new one. */
  readonly annotation = input.required<AnnotationDto | null>();
  readonly saved = output();
  readonly dismissed = output();

  protected readonly question = linkedSignal(() => this.annotation()?.question ?? '');
  protected readonly answer = linkedSignal(() => this.annotation()?.answer ?? '');
  protected readonly isChecked = signal(false);
  protected readonly isBusy = signal(false);
  protected readonly failure = signal('');
  private readonly input = computed(() => ({ question: this.question().trim(), answer: this.answer().trim() }));

  protected errorOf(text: string, missing: string): string {
    return this.isChecked() && text.trim() === '' ? missing : '';
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    this.isChecked.set(true);
    const [input, annotation] = [this.input(), this.annotation()];
    if (this.isBusy() || !input.question || !input.answer) return;
    this.isBusy.set(true);
    this.failure.set('');
    try {
      if (annotation) await this.client.update(this.appId(), annotation.id, input);
      else await this.client.create(this.appId(), input);
      this.saved.emit();
    } catch (error) {
      this.failure.set(this.problemText.line(toProblem(error)));
    } finally {
      this.isBusy.set(false);
    }
  }
}
