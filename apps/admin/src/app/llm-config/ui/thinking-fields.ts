import { Component, computed, input, model } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { ProviderDto } from '@opsagent/contracts';
import { Control, Field } from '../../shared/ui/field.js';
import { settingOf, withSetting } from '../settings/settings.js';
import { SettingInput } from './setting-input.js';
import { Icon } from '../../shared/ui/icon/icon.js';

const EFFORTS = ['minimal', 'low', 'medium', 'high', 'max'];

/** Whether and how much a model thinks, as far as its provider can be told; what it cannot be told gets a warning. */
@Component({
  selector: 'oa-thinking-fields',
  imports: [Control, Field, Icon, SettingInput, TranslocoDirective],
  template: `
    <ng-container *transloco="let t; prefix: 'configs.drawer.thinking'">
      <div class="fields">
        @if (can().can_switch_on || can().can_switch_off || thinking()) {
          <oa-field [label]="t('label')">
            <select oaControl [value]="thinking()" (change)="write('thinking', $any($event.target).value)">
              <option value="">{{ t('default') }}</option>
              @if (can().can_switch_on || thinking() === 'on') {
                <option value="on" [selected]="thinking() === 'on'">{{ t('on') }}</option>
              }
              @if (can().can_switch_off || thinking() === 'off') {
                <option value="off" [selected]="thinking() === 'off'">{{ t('off') }}</option>
              }
            </select>
          </oa-field>
        }
        @if (can().has_effort || effort()) {
          <oa-field [label]="t('effort')">
            <select oaControl [value]="effort()" (change)="write('reasoning_effort', $any($event.target).value)">
              <option value="">{{ t('default') }}</option>
              @for (value of efforts(); track value) {
                <option [value]="value" [selected]="value === effort()">{{ value }}</option>
              }
            </select>
          </oa-field>
        }
        @if (can().has_budget || budget()) {
          <oa-setting-input [label]="t('budget')" path="thinking_budget" [(text)]="text" />
        }
      </div>
      @for (warning of warnings(); track warning) {
        <p class="oa-notice warning"><svg oaIcon="triangle-alert"></svg>{{ t('warning.' + warning) }}</p>
      }
    </ng-container>
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      gap: var(--oa-space-4);
    }

    .fields {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(190px, 1fr));
      gap: var(--oa-space-4);
    }
  `,
})
export class ThinkingFields {
  readonly provider = input.required<ProviderDto>();
  /** What is known of the model; null when nothing is. */
  readonly canReason = input<boolean | null>(null);
  readonly text = model.required<string>();

  protected readonly can = computed(() => this.provider().thinking);
  protected readonly thinking = computed(() => this.wordOf('thinking').replace('default', ''));
  protected readonly effort = computed(() => this.wordOf('reasoning_effort'));
  protected readonly budget = computed(() => settingOf(this.text(), 'thinking_budget'));
  /** One that somebody else entered is kept. */
  protected readonly efforts = computed(() => [...new Set([...EFFORTS, this.effort()].filter(Boolean))]);
  protected readonly warnings = computed(() => {
    const [can, thinking] = [this.can(), this.thinking()];
    const found = {
      on: thinking === 'on' && !can.can_switch_on,
      off: thinking === 'off' && !can.can_switch_off,
      effort: this.effort() !== '' && !can.has_effort,
      budget: this.budget() !== undefined && !can.has_budget,
      contrary: thinking === 'off' && (this.effort() !== '' || this.budget() !== undefined),
      model: this.canReason() === false && (thinking === 'on' || this.effort() !== ''),
    };
    return Object.entries(found).flatMap(([name, isSo]) => (isSo ? [name] : []));
  });

  protected write(name: string, value: string): void {
    this.text.update((text) => withSetting(text, name, value || null));
  }

  private wordOf(name: string): string {
    const value = settingOf(this.text(), name);
    return typeof value === 'string' ? value : '';
  }
}
