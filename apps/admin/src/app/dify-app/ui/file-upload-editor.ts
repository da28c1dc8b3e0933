import { Component, input, model } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { FileKind, FileTransfer, FileUploadDto } from '@opsagent/contracts';
import { FILE_KIND, FILE_TRANSFER } from '@opsagent/contracts/constants';
import { ChipsInput } from '../../shared/ui/chips-input.js';
import { Control, Field } from '../../shared/ui/field.js';

/** Which files a question to an app may carry. */
@Component({
  selector: 'oa-file-upload-editor',
  imports: [ChipsInput, Control, Field, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      <label class="oa-check">
        <input type="checkbox" [checked]="files().enabled" (change)="put({ enabled: $any($event.target).checked })" />
        {{ t('apps.files.enabled') }}
      </label>
      @if (files().enabled) {
        <fieldset>
          <legend>{{ t('apps.files.kinds') }}</legend>
          @for (kind of kinds; track kind) {
            <label class="oa-check">
              <input
                type="checkbox"
                [checked]="files().allowed_file_types.includes(kind)"
                (change)="switchKind(kind, $any($event.target).checked)"
              />
              {{ t('apps.files.kind.' + kind) }}
            </label>
          }
        </fieldset>
        @if (files().allowed_file_types.includes('custom')) {
          <oa-field [label]="t('apps.files.extensions')" [hint]="t('apps.files.extensionsHint')">
            <oa-chips-input
              [longest]="20"
              [values]="files().allowed_file_extensions"
              (valuesChange)="put({ allowed_file_extensions: $event })"
            />
          </oa-field>
        }
        <fieldset>
          <legend>{{ t('apps.files.methods') }}</legend>
          @for (method of methods; track method) {
            <label class="oa-check">
              <input
                type="checkbox"
                [checked]="files().allowed_file_upload_methods.includes(method)"
                (change)="switchMethod(method, $any($event.target).checked)"
              />
              {{ t('apps.files.method.' + method) }}
            </label>
          }
        </fieldset>
        <oa-field class="number" [label]="t('apps.files.number')" [error]="error()">
          <input
            oaControl
            type="number"
            min="1"
            max="10"
            step="1"
            [value]="files().number_limits"
            (input)="put({ number_limits: $any($event.target).valueAsNumber })"
          />
        </oa-field>
      }
    </ng-container>
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      align-items: start;
      gap: var(--oa-space-4);
    }

    fieldset {
      display: flex;
      flex-wrap: wrap;
      gap: var(--oa-space-2) var(--oa-space-5);
      margin: 0;
      padding: 0;
      border: 0;
    }

    legend {
      padding: 0 0 var(--oa-space-2);
      font: var(--oa-control);
      font-weight: 500;
    }

    oa-field {
      align-self: stretch;
    }

    .number {
      max-width: 200px;
    }
  `,
})
export class FileUploadEditor {
  readonly files = model.required<FileUploadDto>();
  readonly error = input('');
  protected readonly kinds = FILE_KIND.values;
  protected readonly methods = FILE_TRANSFER.values;

  protected put(change: Partial<FileUploadDto>): void {
    this.files.update((files) => ({ ...files, ...change }));
  }

  protected switchKind(kind: FileKind, isOn: boolean): void {
    const on = this.files().allowed_file_types;
    this.put({ allowed_file_types: this.kinds.filter((one) => (one === kind ? isOn : on.includes(one))) });
  }

  protected switchMethod(method: FileTransfer, isOn: boolean): void {
    const on = this.files().allowed_file_upload_methods;
    this.put({ allowed_file_upload_methods: this.methods.filter((one) => (one === method ? isOn : on.includes(one))) });
  }
}
