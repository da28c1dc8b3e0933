import { Component, computed, inject, input, linkedSignal, output, signal } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { CurrentUser } from '../../data/current-user.js';
import { readViews, type SavedView, withView, writeViews } from '../../data/saved-views.js';
import { LostPart } from '../lost-part.js';
import { Menu } from '../menu.js';
import { ViewsDialog } from './views-dialog.js';
import { Icon } from '../icon/icon.js';

/** The views of a list that this user has saved in this browser. */
@Component({
  selector: 'oa-saved-views',
  imports: [TranslocoDirective, Icon, LostPart, Menu, ViewsDialog],
  template: `
    <ng-container *transloco="let t">
      <oa-menu look="icon" [label]="t('views.menu')">
        <svg trigger oaIcon="bookmark"></svg>
        @for (view of views(); track view.name) {
          <button role="menuitem" class="oa-menu-item" type="button" (click)="open(view)">{{ view.name }}</button>
        }
        <button role="menuitem" class="oa-menu-item" type="button" (click)="isManaging.set(true)">
          {{ t('views.manage') }}
        </button>
      </oa-menu>
      @defer (when isManaging(); prefetch on idle) {
        @if (isManaging()) {
          <oa-views-dialog
            [views]="views()"
            (saved)="save($event)"
            (changed)="keep($event)"
            (dismissed)="isManaging.set(false)"
          />
        }
      } @error {
        @if (isManaging()) {
          <oa-lost-part (dismissed)="isManaging.set(false)" />
        }
      }
    </ng-container>
  `,
})
export class SavedViewsMenu {
  private readonly user = inject(CurrentUser);
  /** Which list; their place in the browser is named by it. */
  readonly list = input.required<string>();
  /** What the list shows now, as the parameters of its address. */
  readonly params = input.required<Readonly<Record<string, string | null>>>();
  readonly chosen = output<SavedView['params']>();
  protected readonly isManaging = signal(false);
  private readonly key = computed(() => `oa.views.${this.list()}.${this.user.me()?.user.id ?? ''}`);
  protected readonly views = linkedSignal(() => readViews(this.key()));

  protected open({ params }: SavedView): void {
    this.chosen.emit(params);
  }

  protected save(name: string): void {
    const entries = Object.entries(this.params());
    const params = Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== null));
    this.keep(withView(this.views(), { name, params }));
    this.isManaging.set(false);
  }

  protected keep(views: readonly SavedView[]): void {
    writeViews(this.key(), views);
    this.views.set(views);
  }
}
