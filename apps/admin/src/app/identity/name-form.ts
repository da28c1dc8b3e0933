// The contract's classes need it; it has to be the first import.
import '../shared/data/no-metadata.js';
import { Component, inject, linkedSignal, signal } from '@angular/core';
import { form, FormField } from '@angular/forms/signals';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { UpdateMeDto } from '@opsagent/contracts';
import { CurrentUser } from '../shared/data/current-user.js';
import { FieldErrors } from '../shared/data/field-errors.js';
import { validateDto } from '../shared/data/form-rules.js';
import { toProblem } from '../shared/data/problem.js';
import { ProblemText } from '../shared/data/problem-text.js';
import { Control, Field } from '../shared/ui/field.js';
import { Toasts } from '../shared/ui/toasts.js';
import { Writes } from '../shared/ui/writes.js';

/** What one is called; left empty there is the e-mail address. */
@Component({
  selector: 'oa-name-form',
  imports: [Control, Field, FormField, TranslocoDirective, Writes],
  template: `
    <form novalidate *transloco="let t" (submit)="save($event)">
      <oa-field
        [label]="t('identity.profile.name')"
        [isOptional]="true"
        [hint]="t('identity.profile.nameHint')"
        [error]="errors.of(fields.name())"
      >
        <input oaControl autocomplete="name" [formField]="fields.name" />
      </oa-field>
      <button oaWrites class="oa-button" type="submit" [attr.aria-busy]="isBusy()">
        {{ t('identity.profile.saveName') }}
      </button>
    </form>
  `,
  styles: `
    form {
      display: flex;
      flex-direction: column;
      align-items: flex-start;
      gap: var(--oa-space-4);
    }

    oa-field {
      width: min(400px, 100%);
    }
  `,
})
export class NameForm {
  private readonly user = inject(CurrentUser);
  private readonly toasts = inject(Toasts);
  private readonly transloco = inject(TranslocoService);
  private readonly problemText = inject(ProblemText);
  protected readonly errors = inject(FieldErrors);

  private readonly draft = linkedSignal(() => ({ name: this.user.me()?.user.name ?? '' }));
  protected readonly fields = form(this.draft, (path) => validateDto(path, UpdateMeDto, inputOf));
  protected readonly isBusy = signal(false);

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    this.fields().markAsTouched();
    if (this.isBusy() || !this.fields().valid()) return;
    this.isBusy.set(true);
    try {
      await this.user.update(inputOf(this.draft()));
      this.toasts.done(this.transloco.translate('identity.profile.nameDone'));
    } catch (error) {
      this.toasts.failed(this.problemText.line(toProblem(error)));
    } finally {
      this.isBusy.set(false);
    }
  }
}

function inputOf({ name }: { name: string }): UpdateMeDto {
  return { name: name.trim() || null };
}
