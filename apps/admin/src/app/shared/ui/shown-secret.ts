import { Component, input, output } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { saveFile } from '../data/save-file.js';
import { CopiedValue } from './copied-value.js';
import { Dialog } from './dialog.js';
import { Icon } from './icon/icon.js';

/** A text that holds the secret, and the file's name. */
export interface SecretFile {
  readonly name: string;
  readonly text: string;
}

/** A new secret, shown this once: only its own button closes it. */
@Component({
  selector: 'oa-shown-secret',
  imports: [CopiedValue, Dialog, Icon, TranslocoPipe],
  template: `
    <oa-dialog [heading]="'secrets.createdTitle' | transloco" [closesOutside]="false">
      <p class="oa-muted">{{ 'secrets.createdText' | transloco }}</p>
      <oa-copied-value [text]="value()" />
      <ng-container actions>
        @if (file(); as file) {
          <button class="oa-button" type="button" (click)="download(file)">
            <svg oaIcon="download"></svg>{{ 'secrets.download' | transloco: { name: file.name } }}
          </button>
        }
        <button class="oa-button primary" type="button" (click)="saved.emit()">
          {{ 'secrets.saved' | transloco }}
        </button>
      </ng-container>
    </oa-dialog>
  `,
})
export class ShownSecret {
  readonly value = input.required<string>();
  /** The file it can be kept in, where there is one. */
  readonly file = input<SecretFile | null>(null);
  readonly saved = output();

  protected download({ name, text }: SecretFile): void {
    saveFile(name, text);
  }
}
