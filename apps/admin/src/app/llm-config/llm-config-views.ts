import { Component, computed, inject, input, linkedSignal, output, signal } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { CurrentUser } from '../shared/data/current-user.js';
import { readViews, type SavedView, withView, writeViews } from '../shared/data/saved-views.js';
import { LostPart } from '../shared/ui/lost-part.js';
import { Menu } from '../shared/ui/menu.js';
import { type LlmConfigQuery, paramsOf, queryOf } from './llm-config-query.js';
import { ViewsDialog } from './ui/views-dialog.js';
import { Icon } from '../shared/ui/icon/icon.js';

/** The views of the list that this user has saved in this browser. */
@Component({
  selector: 'oa-llm-config-views',
  imports: [TranslocoDirective, Icon, LostPart, Menu, ViewsDialog],
  template: `
    <ng-container *transloco="let t">
      <oa-menu look="icon" [label]="t('configs.views.menu')">
        <svg trigger oaIcon="bookmark"></svg>
        @for (view of views(); track view.name) {
          <button role="menuitem" class="oa-menu-item" type="button" (click)="open(view)">{{ view.name }}</button>
        }
        <button role="menuitem" class="oa-menu-item" type="button" (click)="isManaging.set(true)">
          {{ t('configs.views.manage') }}
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
export class LlmConfigViews {
  private readonly user = inject(CurrentUser);
  readonly query = input.required<LlmConfigQuery>();
  readonly chosen = output<LlmConfigQuery>();
  protected readonly isManaging = signal(false);
  private readonly key = computed(() => `oa.views.configs.${this.user.me()?.user.id ?? ''}`);
  protected readonly views = linkedSignal(() => readViews(this.key()));

  protected open({ params }: SavedView): void {
    this.chosen.emit(queryOf(params));
  }

  protected save(name: string): void {
    const entries = Object.entries(paramsOf(this.query()));
    const params = Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== null));
    this.keep(withView(this.views(), { name, params }));
    this.isManaging.set(false);
  }

  protected keep(views: readonly SavedView[]): void {
    writeViews(this.key(), views);
    this.views.set(views);
  }
}
