import { Component, computed, effect, inject, model, resource } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { CurrentUser } from '../../shared/data/current-user.js';
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
  private readonly user = inject(CurrentUser);
  /** Whoever may not ask has nothing to choose from. */
  private readonly known = resource({
    params: () => (this.user.can('operator') ? true : undefined),
    loader: () => this.client.tools(),
  });
  protected readonly tools = computed(() => (this.known.hasValue() ? this.known.value() : []));

  constructor() {
    // A tool that was chosen once may be gone: the server would refuse its name.
    effect(() => {
      const names = new Set(this.tools().map(({ name }) => name));
      const kept = this.chosen()?.filter((name) => names.has(name));
      if (names.size === 0 || !kept || kept.length === this.chosen()?.length) return;
      this.chosen.set(kept.length > 0 ? kept : null);
    });
  }

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
