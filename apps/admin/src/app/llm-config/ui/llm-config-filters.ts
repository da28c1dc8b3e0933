import { Component, input, output, viewChild } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { LLM_PROVIDER } from '@opsagent/contracts/constants';
import { Menu } from '../../shared/ui/menu.js';
import { SearchField } from '../../shared/ui/search-field.js';
import { ANY, isFiltered, type LlmConfigQuery, type Mark, MARKS } from '../llm-config-query.js';
import { Icon } from '../../shared/ui/icon/icon.js';

/** The search and the filters above the list. */
@Component({
  selector: 'oa-llm-config-filters',
  imports: [TranslocoDirective, Icon, Menu, SearchField],
  template: `
    <search *transloco="let t" class="oa-row">
      <oa-search-field [label]="t('configs.search')" [value]="query().q" (typed)="change({ q: $event })" />
      <select
        class="oa-input"
        [attr.aria-label]="t('configs.filter.provider')"
        [value]="query().provider"
        (change)="change({ provider: valueOf($event) })"
      >
        <option value="">{{ t('configs.filter.anyProvider') }}</option>
        @for (provider of providers; track provider) {
          <option [value]="provider" [selected]="query().provider === provider">
            {{ t('providers.' + provider) }}
          </option>
        }
      </select>
      <select
        class="oa-input"
        [attr.aria-label]="t('configs.filter.state')"
        (change)="change({ state: $any(valueOf($event)) })"
      >
        <option value="">{{ t('configs.filter.anyState') }}</option>
        <option value="active" [selected]="query().state === 'active'">{{ t('configs.active') }}</option>
        <option value="inactive" [selected]="query().state === 'inactive'">{{ t('configs.inactive') }}</option>
      </select>
      <select
        class="oa-input"
        [attr.aria-label]="t('configs.filter.kind')"
        (change)="change({ kind: $any(valueOf($event)) })"
      >
        <option value="">{{ t('configs.filter.anyKind') }}</option>
        <option value="chat" [selected]="query().kind === 'chat'">{{ t('configs.kind.chat') }}</option>
        <option value="embedding" [selected]="query().kind === 'embedding'">{{ t('configs.kind.embedding') }}</option>
      </select>
      @if (tags().length > 0 || query().tag) {
        <select
          class="oa-input tag"
          [attr.aria-label]="t('configs.filter.tag')"
          (change)="change({ tag: valueOf($event) })"
        >
          <option value="">{{ t('configs.filter.anyTag') }}</option>
          @for (tag of tags(); track tag) {
            <option [value]="tag" [selected]="query().tag === tag">{{ tag }}</option>
          }
        </select>
      }
      <oa-menu look="icon" [label]="t('configs.filter.more')">
        <svg trigger oaIcon="list-filter"></svg>
        @for (mark of marks; track mark) {
          <button
            role="menuitemcheckbox"
            class="oa-menu-item"
            type="button"
            [attr.aria-checked]="query().only.includes(mark)"
            (click)="toggle(mark)"
          >
            {{ t('configs.mark.' + mark) }}
            @if (query().only.includes(mark)) {
              <svg oaIcon="check"></svg>
            }
          </button>
        }
      </oa-menu>
      @if (isFiltered(query())) {
        <button class="oa-button ghost" type="button" (click)="change(any)">
          <svg oaIcon="x"></svg>{{ t('common.clearFilters') }}
        </button>
      }
    </search>
  `,
  styles: `
    oa-search-field {
      flex: 1 1 240px;
      max-width: 360px;
    }

    select {
      width: auto;
    }

    .tag {
      max-width: 160px;
    }

    @media (width < 768px) {
      oa-search-field {
        flex-basis: 100%;
        max-width: none;
      }

      select {
        flex: 1 1 30%;
        min-width: 0;
      }
    }
  `,
})
export class LlmConfigFilters {
  readonly query = input.required<LlmConfigQuery>();
  /** Every tag in use. */
  readonly tags = input<readonly string[]>([]);
  readonly changed = output<Partial<LlmConfigQuery>>();
  protected readonly providers = LLM_PROVIDER.values;
  protected readonly isFiltered = isFiltered;
  protected readonly any = ANY;
  protected readonly marks = MARKS;
  private readonly search = viewChild.required(SearchField);

  focus(): void {
    this.search().focus();
  }

  protected toggle(mark: Mark): void {
    const { only } = this.query();
    this.change({ only: only.includes(mark) ? only.filter((other) => other !== mark) : [...only, mark] });
  }

  protected change(part: Partial<LlmConfigQuery>): void {
    this.changed.emit(part);
  }

  protected valueOf(event: Event): string {
    return (event.target as HTMLInputElement | HTMLSelectElement).value;
  }
}
