import { Component, computed, input } from '@angular/core';
import type { LlmProvider } from '@opsagent/contracts';

/** A provider's sign: a letter or sign and a hue of its own. Its name always stands beside it. */
const MARKS: Readonly<Record<LlmProvider, readonly [letters: string, hue: number]>> = {
  openai: ['O', 165],
  deepseek: ['D', 265],
  tongyi: ['Q', 295],
  ollama: ['L', 250],
  vllm: ['V', 85],
  doubao: ['豆', 225],
  zhipu: ['Z', 275],
  moonshot: ['K', 310],
  baidu: ['B', 25],
  'openai-compatible': ['∗', 200],
};

/** Draws the sign of a provider. */
@Component({
  selector: 'oa-provider-mark',
  template: `{{ mark()[0] }}`,
  host: { 'aria-hidden': 'true', '[style.--hue]': 'mark()[1]' },
  styles: `
    :host {
      display: inline-flex;
      flex: none;
      align-items: center;
      justify-content: center;
      width: 20px;
      height: 20px;
      border-radius: var(--oa-radius-control);
      background: light-dark(oklch(93% 0.04 var(--hue)), oklch(33% 0.06 var(--hue)));
      color: light-dark(oklch(40% 0.12 var(--hue)), oklch(86% 0.09 var(--hue)));
      font: 600 0.6875rem/1 var(--oa-font);
    }
  `,
})
export class ProviderMark {
  readonly provider = input.required<LlmProvider>();
  protected readonly mark = computed(() => MARKS[this.provider()]);
}
