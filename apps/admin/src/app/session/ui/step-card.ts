import { Component, computed, inject, input } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { Formats } from '../../shared/i18n/formats.js';
import { Language } from '../../shared/i18n/language.js';
import type { StepView } from '../turn.js';
import { Icon } from '../../shared/ui/icon/icon.js';

/** One tool call: what was done, how it stands, and folded below what went in and came out. A failed one opens itself. */
@Component({
  selector: 'oa-step-card',
  imports: [TranslocoPipe, Icon],
  templateUrl: './step-card.html',
  styleUrl: './step-card.css',
})
export class StepCard {
  private readonly language = inject(Language);
  protected readonly formats = inject(Formats);
  readonly step = input.required<StepView>();

  protected readonly title = computed(() => this.step().label[this.language.active() === 'en' ? 'en' : 'zh']);
  protected readonly isFailed = computed(() => this.step().state === 'failed');
  protected readonly input = computed(() => pretty(this.step().input));
  protected readonly hasInput = computed(() => !['', '{}'].includes(this.step().input.trim()));
  protected readonly output = computed(() => pretty(this.step().observation));
}

/** JSON with indentation; anything else as it is. */
function pretty(text: string): string {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch (cause) {
    if (cause instanceof SyntaxError) return text;
    throw cause;
  }
}
