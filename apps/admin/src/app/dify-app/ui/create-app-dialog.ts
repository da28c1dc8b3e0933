// The contract's classes need it; it has to be the first import.
import '../../shared/data/no-metadata.js';
import { Component, inject, input, output, signal } from '@angular/core';
import { form, FormField } from '@angular/forms/signals';
import { TranslocoDirective } from '@jsverse/transloco';
import { APP_MODE, type AppDto, type AppMode, CreateAppDto, type LlmConfigDto } from '@opsagent/contracts';
import { FieldErrors } from '../../shared/data/field-errors.js';
import { validateDto } from '../../shared/data/form-rules.js';
import { toProblem } from '../../shared/data/problem.js';
import { ProblemText } from '../../shared/data/problem-text.js';
import { Dialog } from '../../shared/ui/dialog.js';
import { Control, Field } from '../../shared/ui/field.js';
import { Icon } from '../../shared/ui/icon/icon.js';
import { Writes } from '../../shared/ui/writes.js';
import { DifyAppClient } from '../dify-app-client.js';
import { ModelChoice } from './model-choice.js';

interface NewApp {
  name: string;
  mode: AppMode;
  llm_config_id: string;
}

/** Makes an app out of the least it needs; the rest is on its page. */
@Component({
  selector: 'oa-create-app-dialog',
  imports: [Control, Dialog, Field, FormField, Icon, ModelChoice, TranslocoDirective, Writes],
  template: `
    <oa-dialog *transloco="let t" [heading]="t('apps.create.open')" (dismissed)="dismissed.emit()">
      <form id="oa-create-app-form" novalidate (submit)="create($event)">
        <oa-field [label]="t('apps.field.name')" [error]="errors.of(fields.name())">
          <input oaControl data-first autocomplete="off" [formField]="fields.name" />
        </oa-field>
        <oa-field [label]="t('apps.field.mode')" [hint]="t('apps.modeText.' + draft().mode)">
          <select oaControl [formField]="fields.mode">
            @for (mode of modes; track mode) {
              <option [value]="mode">{{ t('apps.mode.' + mode) }}</option>
            }
          </select>
        </oa-field>
        <oa-field [label]="t('apps.field.model')">
          <oa-model-choice
            [label]="t('apps.field.model')"
            [models]="models()"
            [chosen]="draft().llm_config_id"
            (chosenChange)="fields.llm_config_id().value.set($event)"
          />
        </oa-field>
        @if (failure()) {
          <p class="oa-notice danger" role="alert"><svg oaIcon="circle-x"></svg>{{ failure() }}</p>
        }
      </form>
      <ng-container actions>
        <button class="oa-button" type="button" (click)="dismissed.emit()">{{ t('common.cancel') }}</button>
        <button oaWrites class="oa-button primary" type="submit" form="oa-create-app-form" [attr.aria-busy]="isBusy()">
          {{ t('apps.create.do') }}
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
export class CreateAppDialog {
  private readonly client = inject(DifyAppClient);
  private readonly problemText = inject(ProblemText);
  protected readonly errors = inject(FieldErrors);
  readonly models = input.required<readonly LlmConfigDto[]>();
  readonly created = output<AppDto>();
  readonly dismissed = output();

  protected readonly modes = APP_MODE.values;
  protected readonly draft = signal<NewApp>({ name: '', mode: 'agent-chat', llm_config_id: '' });
  protected readonly fields = form(this.draft, (path) => validateDto(path, CreateAppDto, inputOf));
  protected readonly isBusy = signal(false);
  protected readonly failure = signal('');

  protected async create(event: Event): Promise<void> {
    event.preventDefault();
    this.fields().markAsTouched();
    if (this.isBusy() || !this.fields().valid()) return;
    this.isBusy.set(true);
    this.failure.set('');
    try {
      this.created.emit(await this.client.create(inputOf(this.draft())));
    } catch (error) {
      this.failure.set(this.problemText.line(toProblem(error)));
    } finally {
      this.isBusy.set(false);
    }
  }
}

function inputOf({ name, mode, llm_config_id }: NewApp): CreateAppDto {
  return { name: name.trim(), mode, llm_config_id: llm_config_id || null };
}
