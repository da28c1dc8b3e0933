import { Component, computed, effect, type ElementRef, input, model, output, viewChild } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { ProviderDto } from '@opsagent/contracts';
import { type FoundConfig, pastedConfig } from '../paste/pasted-config.js';
import { Icon } from '../../shared/ui/icon/icon.js';

/** What is shown of a finding, in this order; never the key itself. */
const SHOWN = ['provider', 'base_url', 'model_name', 'max_tokens', 'temperature', 'top_p'] as const;

/** Takes a curl command or a block of settings and says what it found before the form is filled with it. */
@Component({
  selector: 'oa-paste-fill',
  imports: [Icon, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      <button #opener class="oa-button small" type="button" [attr.aria-expanded]="isOpen()" (click)="toggle()">
        <svg oaIcon="clipboard-paste"></svg>{{ t('configs.paste.open') }}
      </button>
      @if (isOpen()) {
        <label class="oa-caption oa-muted" for="oa-paste">{{ t('configs.paste.hint') }}</label>
        <textarea
          #area
          id="oa-paste"
          class="oa-input oa-mono"
          rows="5"
          spellcheck="false"
          autocomplete="off"
          [value]="pasted()"
          (input)="pasted.set($any($event.target).value)"
        ></textarea>
        <div role="status">
          @if (found(); as found) {
            <dl class="oa-facts">
              @for (fact of facts(); track fact.name) {
                <dt>{{ t('configs.paste.' + fact.name) }}</dt>
                <dd class="oa-mono">{{ fact.name === 'provider' ? t('providers.' + fact.value) : fact.value }}</dd>
              }
              @if (found.api_key) {
                <dt>{{ t('configs.paste.api_key') }}</dt>
                <dd class="oa-mono">…{{ found.api_key.slice(-4) }}</dd>
              }
            </dl>
          } @else if (pasted()?.trim()) {
            <p class="oa-caption">{{ t('configs.paste.nothing') }}</p>
          }
        </div>
        <div class="oa-row">
          <button class="oa-button primary small" type="button" [disabled]="!found()" (click)="take()">
            {{ t('configs.paste.fill') }}
          </button>
          <button class="oa-button small" type="button" (click)="close()">{{ t('common.cancel') }}</button>
        </div>
      }
    </ng-container>
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      align-items: start;
      gap: var(--oa-space-3);
    }

    textarea,
    [role='status'] {
      width: 100%;
    }

    [role='status']:empty {
      display: none;
    }
  `,
})
export class PasteFill {
  private readonly area = viewChild<ElementRef<HTMLTextAreaElement>>('area');
  private readonly opener = viewChild.required<ElementRef<HTMLButtonElement>>('opener');
  readonly providers = input.required<readonly ProviderDto[]>();
  /** Null while it is folded; set from outside when such a text was pasted into another field. */
  readonly pasted = model<string | null>(null);
  readonly filled = output<FoundConfig>();

  protected readonly isOpen = computed(() => this.pasted() !== null);
  protected readonly found = computed(() => pastedConfig(this.pasted() ?? '', this.providers()));
  protected readonly facts = computed(() => {
    const found = this.found() ?? {};
    return SHOWN.flatMap((name) => (found[name] === undefined ? [] : [{ name, value: String(found[name]) }]));
  });

  constructor() {
    effect(() => this.isOpen() && this.area()?.nativeElement.focus());
  }

  protected toggle(): void {
    this.pasted.set(this.isOpen() ? null : '');
  }

  protected take(): void {
    const found = this.found();
    if (!found) return;
    this.filled.emit(found);
    this.close();
  }

  /** The text may hold a key: it does not stay. */
  protected close(): void {
    this.pasted.set(null);
    this.opener().nativeElement.focus();
  }
}
