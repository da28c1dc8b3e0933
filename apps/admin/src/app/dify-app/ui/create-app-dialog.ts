// The contract's classes need it; it has to be the first import.
import '../../shared/data/no-metadata.js';
import { Component, inject, input, output, signal } from '@angular/core';
import { form, FormField } from '@angular/forms/signals';
import { TranslocoDirective } from '@jsverse/transloco';
import { APP_MODE, type AppDto, type AppMode, CreateAppDto, type LlmConfigDto } from '@opsagent/contracts';
import { FieldErrors } from '../../shared/data/field-errors.js';
import { validateDto } from '../../shared/data/form-rules.js';
import { Sending } from '../../shared/data/sending.js';
import { Control, Field } from '../../shared/ui/field.js';
import { FormDialog } from '../../shared/ui/form-dialog.js';
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
  imports: [Control, Field, FormDialog, FormField, ModelChoice, TranslocoDirective],
  template: `
    <oa-form-dialog
      *transloco="let t"
      [heading]="t('apps.create.open')"
      [action]="t('apps.create.do')"
      [sending]="sending"
      (sent)="create()"
      (dismissed)="dismissed.emit()"
    >
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
    </oa-form-dialog>
  `,
})
export class CreateAppDialog {
  private readonly client = inject(DifyAppClient);
  protected readonly errors = inject(FieldErrors);
  readonly models = input.required<readonly LlmConfigDto[]>();
  readonly created = output<AppDto>();
  readonly dismissed = output();

  protected readonly modes = APP_MODE.values;
  protected readonly draft = signal<NewApp>({ name: '', mode: 'agent-chat', llm_config_id: '' });
  protected readonly fields = form(this.draft, (path) => validateDto(path, CreateAppDto, inputOf));
  protected readonly sending = new Sending();

  protected async create(): Promise<void> {
    this.fields().markAsTouched();
    if (!this.fields().valid()) return;
    await this.sending.run(async () => this.created.emit(await this.client.create(inputOf(this.draft()))));
  }
}

function inputOf({ name, mode, llm_config_id }: NewApp): CreateAppDto {
  return { name: name.trim(), mode, llm_config_id: llm_config_id || null };
}
