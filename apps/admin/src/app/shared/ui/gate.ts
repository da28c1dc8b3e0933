import { Component, inject, input } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { Theme, THEMES } from '../data/theme.js';
import { Language } from '../i18n/language.js';

/** The frame of the pages before the sign-in: a card in the middle and the choice of language and theme below it. */
@Component({
  selector: 'oa-gate',
  imports: [TranslocoPipe],
  template: `
    <main [class.top]="isWide()">
      <div class="card oa-card" [class.wide]="isWide()">
        <svg viewBox="0 0 32 32" width="40" height="40" aria-hidden="true">
          <rect width="32" height="32" rx="8" fill="var(--oa-primary)" />
          <g fill="none" stroke="var(--oa-on-primary)" stroke-width="3" stroke-linecap="round">
            <circle cx="16" cy="16" r="7" />
            <path d="M16 16l4-4" />
          </g>
        </svg>
        <ng-content />
      </div>
      <div class="choices" role="group" [attr.aria-label]="'shell.language' | transloco">
        <button
          class="oa-button ghost small"
          type="button"
          lang="zh-CN"
          [attr.aria-pressed]="language.active() === 'zh-CN'"
          (click)="language.use('zh-CN')"
        >
          {{ names.zh }}
        </button>
        <button
          class="oa-button ghost small"
          type="button"
          lang="en"
          [attr.aria-pressed]="language.active() === 'en'"
          (click)="language.use('en')"
        >
          {{ names.en }}
        </button>
      </div>
      <div class="choices" role="group" [attr.aria-label]="'shell.theme' | transloco">
        @for (name of themes; track name) {
          <button
            class="oa-button ghost small"
            type="button"
            [attr.aria-pressed]="theme.active() === name"
            (click)="theme.use(name)"
          >
            {{ 'shell.themes.' + name | transloco }}
          </button>
        }
      </div>
    </main>
  `,
  styles: `
    main {
      display: flex;
      flex-direction: column;
      align-items: center;
      justify-content: center;
      gap: var(--oa-space-4);
      min-height: 100dvh;
      padding: var(--oa-space-5);
      background: var(--oa-sub);
    }

    .card {
      display: flex;
      flex-direction: column;
      gap: var(--oa-space-5);
      width: min(400px, 100%);
      padding: var(--oa-space-7) var(--oa-space-7) var(--oa-space-7);
    }

    .wide {
      width: min(640px, 100%);
    }

    .top {
      justify-content: flex-start;
      padding-top: max(var(--oa-space-5), 8dvh);
    }

    .choices {
      display: flex;
      flex-wrap: wrap;
      justify-content: center;
      gap: var(--oa-space-2);
    }

    .choices + .choices {
      margin-top: calc(-1 * var(--oa-space-3));
    }

    .choices [aria-pressed='true'] {
      font-weight: 600;
    }

    .choices [aria-pressed='false'] {
      color: var(--oa-text-muted);
    }

    @media (width < 480px) {
      .card {
        padding: var(--oa-space-6) var(--oa-space-5);
      }
    }
  `,
})
export class Gate {
  protected readonly language = inject(Language);
  protected readonly theme = inject(Theme);
  /** Wider and at the top, for pages whose height changes. */
  readonly isWide = input(false);
  protected readonly themes = THEMES;
  /** A language is named in itself, whatever the active one is. */
  protected readonly names = { zh: '简体中文', en: 'English' };
}
