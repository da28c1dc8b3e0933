import { Component, input, output } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { Dialog } from './dialog.js';
import { Writes } from './writes.js';

/** One field that both changed, or one of them. */
export interface Difference {
  /** The text key of the field's name. */
  readonly label: string;
  readonly mine: string;
  readonly current: string;
}

/** Somebody else saved meanwhile: field by field, yours against theirs, and a choice. Nothing is overwritten in silence. */
@Component({
  selector: 'oa-stale-dialog',
  imports: [Dialog, TranslocoDirective, Writes],
  template: `
    <ng-container *transloco="let t">
      <oa-dialog [heading]="t('stale.title', { name: name() })" [closesOutside]="false" (dismissed)="cancelled.emit()">
        <p class="oa-muted">{{ t('stale.text') }}</p>
        <div class="oa-table-box">
          <table class="oa-table">
            <thead>
              <tr>
                <th scope="col">{{ t('stale.field') }}</th>
                <th scope="col">{{ t('stale.mine') }}</th>
                <th scope="col">{{ t('stale.current') }}</th>
              </tr>
            </thead>
            <tbody>
              @for (entry of differences(); track entry.label) {
                <tr>
                  <th scope="row">{{ t(entry.label) }}</th>
                  <td>{{ entry.mine }}</td>
                  <td>{{ entry.current }}</td>
                </tr>
              }
            </tbody>
          </table>
        </div>
        <ng-container actions>
          <button class="oa-button" type="button" data-first (click)="cancelled.emit()">
            {{ t('common.cancel') }}
          </button>
          <button class="oa-button" type="button" (click)="reloaded.emit()">{{ t('stale.reload') }}</button>
          <button oaWrites class="oa-button danger" type="button" (click)="overwritten.emit()">
            {{ t('stale.overwrite') }}
          </button>
        </ng-container>
      </oa-dialog>
    </ng-container>
  `,
})
export class StaleDialog {
  /** What was edited. */
  readonly name = input.required<string>();
  readonly differences = input.required<readonly Difference[]>();
  readonly overwritten = output();
  readonly reloaded = output();
  readonly cancelled = output();
}
