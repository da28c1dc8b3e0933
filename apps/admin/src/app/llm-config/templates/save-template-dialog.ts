import { Component, inject, input, linkedSignal, output, signal } from '@angular/core';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { type Problem, toProblem } from '../../shared/data/problem.js';
import { ProblemText } from '../../shared/data/problem-text.js';
import { Dialog } from '../../shared/ui/dialog.js';
import { Control, Field } from '../../shared/ui/field.js';
import { Toasts } from '../../shared/ui/toasts.js';
import { Writes } from '../../shared/ui/writes.js';
import type { LlmConfigDraft } from '../llm-config-draft.js';
import { TemplateClient } from './template-client.js';
import { templateValues } from './template-values.js';

/** Keeps the values of a form as a template, under a name of its own. */
@Component({
  selector: 'oa-save-template-dialog',
  imports: [Control, Dialog, Field, TranslocoDirective, Writes],
  template: `
    <ng-container *transloco="let t">
      <oa-dialog [heading]="t('configs.drawer.template.save')" (dismissed)="done.emit()">
        <p class="oa-muted">{{ t('configs.drawer.template.saveHint') }}</p>
        <form (submit)="$event.preventDefault(); save()">
          <oa-field [label]="t('configs.drawer.template.name')" [error]="error()">
            <input
              oaControl
              data-first
              autocomplete="off"
              maxlength="100"
              [value]="name()"
              (input)="name.set($any($event.target).value); error.set('')"
            />
          </oa-field>
          <button class="oa-hidden" type="submit" tabindex="-1" aria-hidden="true"></button>
        </form>
        <ng-container actions>
          <button class="oa-button" type="button" (click)="done.emit()">{{ t('common.cancel') }}</button>
          <button
            oaWrites
            class="oa-button primary"
            type="button"
            [attr.aria-busy]="isBusy()"
            [disabled]="isBusy()"
            (click)="save()"
          >
            {{ t('configs.drawer.template.saveVerb') }}
          </button>
        </ng-container>
      </oa-dialog>
    </ng-container>
  `,
})
export class SaveTemplateDialog {
  private readonly client = inject(TemplateClient);
  private readonly transloco = inject(TranslocoService);
  private readonly problemText = inject(ProblemText);
  private readonly toasts = inject(Toasts);
  readonly draft = input.required<LlmConfigDraft>();
  readonly done = output();

  protected readonly name = linkedSignal(() => this.draft().name);
  protected readonly error = signal('');
  protected readonly isBusy = signal(false);

  protected async save(): Promise<void> {
    const name = this.name().trim();
    if (name === '') return this.error.set(this.transloco.translate('validation.required'));
    if (this.isBusy()) return;
    this.isBusy.set(true);
    try {
      await this.client.create({ name, values: templateValues(this.draft()) });
      this.toasts.done(this.transloco.translate('configs.drawer.template.saved', { name }));
      this.done.emit();
    } catch (error) {
      this.error.set(this.wordsOf(toProblem(error)));
    } finally {
      this.isBusy.set(false);
    }
  }

  /** A value that is refused is named in the server's words. */
  private wordsOf(problem: Problem): string {
    return problem.errors.map(({ message }) => message).join(' ') || this.problemText.line(problem);
  }
}
