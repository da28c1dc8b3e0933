import { Component, inject, output, resource } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { CreateRunbookDto } from '@opsagent/contracts';
import { Language } from '../../shared/i18n/language.js';
import { Icon } from '../../shared/ui/icon/icon.js';
import { Writes } from '../../shared/ui/writes.js';

/** Runbooks to begin with, in the reader's language; nothing is stored before one is taken. */
@Component({
  selector: 'oa-example-list',
  imports: [Icon, TranslocoDirective, Writes],
  template: `
    <section *transloco="let t" [attr.aria-label]="t('runbooks.examples')">
      <h2>{{ t('runbooks.examples') }}</h2>
      <ul>
        @for (example of examples.value() ?? []; track example.title) {
          <li class="oa-card">
            <div>
              <h3>{{ example.title }}</h3>
              <p class="oa-caption oa-muted">{{ (example.tags ?? []).join(' · ') }}</p>
            </div>
            <button
              oaWrites
              class="oa-button small"
              type="button"
              [attr.aria-label]="t('runbooks.takeOne', { title: example.title })"
              (click)="taken.emit(example)"
            >
              <svg oaIcon="plus"></svg>{{ t('runbooks.take') }}
            </button>
          </li>
        }
      </ul>
    </section>
  `,
  styles: `
    section {
      display: flex;
      flex-direction: column;
      gap: var(--oa-space-4);
    }

    ul {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(min(280px, 100%), 1fr));
      gap: var(--oa-space-4);
      margin: 0;
      padding: 0;
      list-style: none;
    }

    li {
      display: flex;
      align-items: center;
      justify-content: space-between;
      gap: var(--oa-space-4);
      padding: var(--oa-space-4) var(--oa-space-5);
    }

    h3 {
      font: var(--oa-body);
      font-weight: 500;
    }
  `,
})
export class ExampleList {
  private readonly language = inject(Language);
  readonly taken = output<CreateRunbookDto>();
  protected readonly examples = resource({
    params: () => this.language.active(),
    loader: async ({ params }) =>
      params === 'en'
        ? (await import('../examples/en.js')).EXAMPLES_EN
        : (await import('../examples/zh-cn.js')).EXAMPLES_ZH_CN,
  });
}
