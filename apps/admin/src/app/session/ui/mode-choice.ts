import { Component, computed, inject, model, resource } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { Language } from '../../shared/i18n/language.js';
import { SessionClient } from '../session-client.js';

/** How a session answers: from the model alone, or with tools; all of them (null) or some. No tool at all is a plain chat. */
@Component({
  selector: 'oa-mode-choice',
  imports: [TranslocoDirective],
  templateUrl: './mode-choice.html',
  styleUrl: './mode-choice.css',
})
export class ModeChoice {
  private readonly client = inject(SessionClient);
  private readonly language = inject(Language);
  readonly chosen = model.required<readonly string[] | null>();
  protected readonly isAgent = computed(() => this.chosen()?.length !== 0);
  protected readonly isChinese = computed(() => this.language.active() === 'zh-CN');
  /** Read when somebody wants to choose; without it all of them are taken. */
  private readonly known = resource({ loader: () => this.client.tools() });
  protected readonly tools = computed(() => (this.known.hasValue() ? this.known.value() : []));

  protected isOn(name: string): boolean {
    return this.chosen()?.includes(name) ?? true;
  }

  /** The last tool stays: without any it would be the other mode. */
  protected isLast(name: string): boolean {
    return this.chosen()?.length === 1 && this.isOn(name);
  }

  protected switchTool(name: string, isOn: boolean): void {
    const all = this.tools().map((tool) => tool.name);
    const next = all.filter((one) => (one === name ? isOn : this.isOn(one)));
    this.chosen.set(next.length === all.length ? null : next);
  }
}
