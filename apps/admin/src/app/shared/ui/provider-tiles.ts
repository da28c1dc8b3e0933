import { Component, input, output } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import type { LlmProvider, ProviderDto } from '@opsagent/contracts';
import { ProviderMark } from './provider-mark.js';

/** One tile per provider; natively radio buttons, so arrow keys move and screen readers count them. */
@Component({
  selector: 'oa-provider-tiles',
  imports: [ProviderMark, TranslocoPipe],
  template: `
    <fieldset>
      <legend>{{ legend() }}</legend>
      <div class="tiles">
        @for (provider of providers(); track provider.id) {
          <label [class.chosen]="provider.id === chosen()" [title]="provider.name">
            <input
              class="oa-hidden"
              type="radio"
              name="provider"
              [value]="provider.id"
              [checked]="provider.id === chosen()"
              (change)="chosenChange.emit(provider)"
            />
            <oa-provider-mark [provider]="provider.id" />
            <span>{{ 'providers.' + provider.id | transloco }}</span>
          </label>
        }
      </div>
    </fieldset>
  `,
  styles: `
    fieldset {
      margin: 0;
      padding: 0;
      border: 0;
    }

    legend {
      padding: 0 0 var(--oa-space-2);
      font: var(--oa-control);
      font-weight: 500;
    }

    .tiles {
      display: grid;
      grid-template-columns: repeat(3, minmax(0, 1fr));
      gap: var(--oa-space-3);
    }

    label {
      position: relative;
      display: flex;
      align-items: center;
      gap: var(--oa-space-3);
      min-height: 40px;
      padding: 0 10px;
      border: 1px solid var(--oa-border);
      border-radius: var(--oa-radius-control);
      font: var(--oa-control);
      cursor: pointer;
    }

    label:hover {
      background: var(--oa-hover);
    }

    label.chosen {
      border-color: var(--oa-primary);
      background: var(--oa-primary-soft);
      box-shadow: inset 0 0 0 1px var(--oa-primary);
      font-weight: 500;
    }

    label:focus-within {
      outline: 2px solid var(--oa-primary);
      outline-offset: 2px;
    }

    span {
      overflow: hidden;
      text-overflow: ellipsis;
    }

    @media (width < 480px) {
      .tiles {
        grid-template-columns: repeat(2, minmax(0, 1fr));
      }
    }
  `,
})
export class ProviderTiles {
  readonly legend = input.required<string>();
  readonly providers = input.required<readonly ProviderDto[]>();
  readonly chosen = input.required<LlmProvider | null>();
  readonly chosenChange = output<ProviderDto>();
}
