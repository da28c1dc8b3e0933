import { inject, Service, signal } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import type { LlmConfigDto } from '@opsagent/contracts';
import { CurrentUser } from '../shared/data/current-user.js';
import { toProblem } from '../shared/data/problem.js';
import { ProblemText } from '../shared/data/problem-text.js';
import { Toasts } from '../shared/ui/toasts.js';
import { LlmConfigClient } from './llm-config-client.js';
import { LlmConfigImpact } from './llm-config-impact.js';
import { LlmConfigList } from './llm-config-list.js';

/** What can be done with one configuration of the list, with its questions and its words afterwards. */
@Service()
export class LlmConfigActions {
  private readonly client = inject(LlmConfigClient);
  private readonly list = inject(LlmConfigList);
  private readonly user = inject(CurrentUser);
  private readonly transloco = inject(TranslocoService);
  private readonly problemText = inject(ProblemText);
  private readonly toasts = inject(Toasts);
  private readonly impact = inject(LlmConfigImpact);
  private readonly switching = signal<ReadonlyMap<string, boolean>>(new Map());
  /** States that were asked for and are not confirmed yet, by id. */
  readonly pending = this.switching.asReadonly();

  /** The server decides; this only greys things out. */
  readonly mayChange = (config: LlmConfigDto): boolean =>
    this.user.can('admin') || (this.user.can('operator') && config.created_by === this.user.me()?.user.id);

  /** The switch moves at once and goes back, with the reason, when the server refuses; afterwards it can be undone. */
  async toggle(config: LlmConfigDto): Promise<void> {
    if (config.is_active && !(await this.mayDisable(config))) return;
    if (!(await this.switchTo(config, !config.is_active))) return;
    const done = config.is_active ? 'configs.done.disabled' : 'configs.done.enabled';
    this.toasts.done(this.transloco.translate(done, { name: config.name }), {
      label: this.transloco.translate('common.undo'),
      run: () => void this.undo(config),
    });
  }

  async makeDefault(config: LlmConfigDto): Promise<void> {
    try {
      await this.client.setDefault(config.id);
      this.toasts.done(this.transloco.translate('configs.done.default', { name: config.name }));
    } catch (error) {
      this.report('default', config, error);
    }
  }

  /** A copy is looked at at once. */
  async duplicate(config: LlmConfigDto): Promise<LlmConfigDto | null> {
    try {
      return await this.client.duplicate(config.id);
    } catch (error) {
      this.report('duplicate', config, error);
      return null;
    }
  }

  /** Says first what it would touch; what is in use is deleted only when its name is typed. */
  async delete(config: LlmConfigDto): Promise<void> {
    try {
      const answer = await this.impact.ask('delete', config);
      if (!answer) return;
      await this.client.delete(config.id, answer.isUsed);
      this.sayDeleted(config);
    } catch (error) {
      this.report('delete', config, error);
    }
  }

  /** Back to the state it had, unless somebody did that already; what lost the default gets it back. */
  private async undo(config: LlmConfigDto): Promise<void> {
    const now = this.list.configs()?.find(({ id }) => id === config.id);
    if (!now || now.is_active === config.is_active) return;
    if ((await this.switchTo(now, config.is_active)) && config.is_default) await this.client.setDefault(config.id);
  }

  /** Asks only about what is known to matter to somebody, so that every other switch moves at once. */
  private async mayDisable(config: LlmConfigDto): Promise<boolean> {
    const { is_default, details } = config;
    if (!is_default && !details?.used_by.length && !details?.activity) return true;
    try {
      return (await this.impact.ask('disable', config)) !== null;
    } catch (error) {
      this.report('switch', config, error);
      return false;
    }
  }

  private async switchTo(config: LlmConfigDto, isActive: boolean): Promise<boolean> {
    this.switching.update((pending) => new Map(pending).set(config.id, isActive));
    try {
      const { is_active } = await this.client.toggleStatus(config.id);
      this.list.patch(config.id, { is_active, is_default: config.is_default && is_active });
      return true;
    } catch (error) {
      this.report('switch', config, error);
      return false;
    } finally {
      this.switching.update((pending) => new Map([...pending].filter(([id]) => id !== config.id)));
    }
  }

  private sayDeleted(config: LlmConfigDto): void {
    this.toasts.done(this.transloco.translate('configs.done.deleted', { name: config.name }), {
      label: this.transloco.translate('common.undo'),
      run: () => void this.restore(config),
    });
  }

  private async restore(config: LlmConfigDto): Promise<void> {
    try {
      await this.client.restore(config.id);
      if (config.is_default) await this.client.setDefault(config.id);
    } catch (error) {
      this.report('restore', config, error);
    }
  }

  private report(
    what: 'switch' | 'default' | 'delete' | 'restore' | 'duplicate',
    { name }: LlmConfigDto,
    error: unknown,
  ): void {
    const reason = this.problemText.line(toProblem(error));
    this.toasts.failed(this.transloco.translate(`configs.failed.${what}`, { name, reason }));
  }
}
