import { Component, computed, input, output, signal } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { MOST_VIEWS, type SavedView } from '../../data/saved-views.js';
import { Dialog } from '../dialog.js';
import { Control, Field } from '../field.js';
import { Icon } from '../icon/icon.js';

/** Saves what the list shows under a name; renames and deletes what was saved. */
@Component({
  selector: 'oa-views-dialog',
  imports: [TranslocoDirective, Icon, Control, Dialog, Field],
  template: `
    <oa-dialog *transloco="let t" [heading]="t('views.manage')" (dismissed)="dismissed.emit()">
      <form (submit)="save($event)">
        <oa-field [label]="t('views.name')" [hint]="t('views.saveHint', { most })">
          <input
            oaControl
            data-first
            maxlength="60"
            autocomplete="off"
            [value]="name()"
            (input)="name.set($any($event.target).value)"
          />
        </oa-field>
        <button class="oa-button" type="submit" [disabled]="!canSave()">{{ t('views.save') }}</button>
      </form>
      <ul>
        @for (view of views(); track view.name) {
          <li>
            <input
              class="oa-input"
              maxlength="60"
              [attr.aria-label]="t('views.rename', { name: view.name })"
              [value]="view.name"
              (change)="rename(view, $any($event.target).value)"
            />
            <button
              class="oa-button ghost icon"
              type="button"
              [attr.aria-label]="t('views.delete', { name: view.name })"
              (click)="changed.emit(without(view))"
            >
              <svg oaIcon="trash-2"></svg>
            </button>
          </li>
        } @empty {
          <li class="oa-muted">{{ t('views.none') }}</li>
        }
      </ul>
      <button actions class="oa-button" type="button" (click)="dismissed.emit()">{{ t('common.close') }}</button>
    </oa-dialog>
  `,
  styles: `
    form,
    ul {
      display: flex;
      flex-direction: column;
      gap: var(--oa-space-3);
    }

    form button {
      align-self: end;
    }

    li {
      display: flex;
      gap: var(--oa-space-3);
      font: var(--oa-control);
    }
  `,
})
export class ViewsDialog {
  readonly views = input.required<readonly SavedView[]>();
  readonly saved = output<string>();
  readonly changed = output<readonly SavedView[]>();
  readonly dismissed = output();
  protected readonly most = MOST_VIEWS;
  protected readonly name = signal('');
  protected readonly canSave = computed(() => {
    const name = this.name().trim();
    return name !== '' && (this.views().length < MOST_VIEWS || this.views().some((view) => view.name === name));
  });

  protected save(event: Event): void {
    event.preventDefault();
    if (this.canSave()) this.saved.emit(this.name().trim());
    this.name.set('');
  }

  /** A name that is empty or taken changes nothing. */
  protected rename(view: SavedView, text: string): void {
    const name = text.trim();
    const isTaken = name === '' || this.views().some((other) => other.name === name);
    this.changed.emit(this.views().map((other) => (other === view && !isTaken ? { ...view, name } : other)));
  }

  protected without(view: SavedView): readonly SavedView[] {
    return this.views().filter((other) => other !== view);
  }
}
