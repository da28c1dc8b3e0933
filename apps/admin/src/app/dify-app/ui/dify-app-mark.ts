import { Component, input } from '@angular/core';

/** An app's emoji on its colour. */
@Component({
  selector: 'oa-dify-app-mark',
  template: `{{ icon() }}`,
  styles: `
    :host {
      display: inline-grid;
      place-items: center;
      flex: none;
      width: 28px;
      height: 28px;
      border-radius: var(--oa-radius-control);
      overflow: hidden;
      line-height: 1;
    }
  `,
  host: { 'aria-hidden': 'true', '[style.background]': 'colour()' },
})
export class DifyAppMark {
  readonly icon = input.required<string>();
  readonly colour = input.required<string>();
}
