import { Component, computed, inject, input, model } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { ToolDto } from '@opsagent/contracts';
import { Language } from '../../shared/i18n/language.js';

/** Which tools the agent of an app may use: null means every one that only reads. */
@Component({
  selector: 'oa-tool-choice',
  imports: [TranslocoDirective],
  template: `
    <fieldset *transloco="let t">
      <legend>{{ t('apps.field.tools') }}</legend>
      <label class="oa-check">
        <input type="radio" name="oa-app-tools" [checked]="chosen() === null" (change)="chosen.set(null)" />
        {{ t('apps.tools.reading') }}
      </label>
      <label class="oa-check">
        <input type="radio" name="oa-app-tools" [checked]="chosen() !== null" (change)="chosen.set(reading())" />
        {{ t('apps.tools.chosen') }}
      </label>
      @if (chosen(); as names) {
        <ul>
          @for (tool of tools(); track tool.name) {
            <li>
              <label class="oa-check">
                <input
                  type="checkbox"
                  [checked]="names.includes(tool.name)"
                  (change)="switchTool(tool.name, $any($event.target).checked)"
                />
                <span>{{ isChinese() ? tool.label.zh : tool.label.en }}</span>
                <code>{{ tool.name }}</code>
                <span class="oa-chip" [class.danger]="tool.risk === 'dangerous'">{{
                  t('apps.tools.risk.' + tool.risk)
                }}</span>
              </label>
              <p class="oa-caption oa-muted" lang="en">{{ tool.description }}</p>
            </li>
          }
          @for (name of gone(); track name) {
            <li>
              <label class="oa-check">
                <input type="checkbox" checked (change)="switchTool(name, $any($event.target).checked)" />
                <code>{{ name }}</code>
                <span class="oa-muted">{{ t('apps.tools.gone') }}</span>
              </label>
            </li>
          }
        </ul>
        @if (names.length === 0) {
          <p class="oa-caption oa-muted">{{ t('apps.tools.none') }}</p>
        }
      }
    </fieldset>
  `,
  styles: `
    fieldset {
      display: flex;
      flex-direction: column;
      align-items: start;
      gap: var(--oa-space-3);
      margin: 0;
      padding: 0;
      border: 0;
    }

    legend {
      padding: 0 0 var(--oa-space-2);
      font: var(--oa-control);
      font-weight: 500;
    }

    ul {
      display: flex;
      flex-direction: column;
      gap: var(--oa-space-4);
      padding-inline-start: var(--oa-space-5);
    }

    .oa-check {
      flex-wrap: wrap;
    }

    li p {
      padding-inline-start: calc(16px + var(--oa-space-3));
    }

    .danger {
      border-color: var(--oa-danger);
      color: var(--oa-danger);
    }
  `,
})
export class ToolChoice {
  private readonly language = inject(Language);
  readonly tools = input.required<readonly ToolDto[]>();
  readonly chosen = model.required<string[] | null>();
  protected readonly isChinese = computed(() => this.language.active() === 'zh-CN');
  protected readonly reading = computed(() =>
    this.tools()
      .filter(({ risk }) => risk === 'read')
      .map(({ name }) => name),
  );
  /** Allowed once, but no longer there. */
  protected readonly gone = computed(() =>
    (this.chosen() ?? []).filter((name) => !this.tools().some((tool) => tool.name === name)),
  );

  protected switchTool(name: string, isOn: boolean): void {
    this.chosen.update((names) => [...(names ?? []).filter((one) => one !== name), ...(isOn ? [name] : [])]);
  }
}
