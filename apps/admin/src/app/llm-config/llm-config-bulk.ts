import { inject, Service, signal } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import type { LlmConfigDto } from '@opsagent/contracts';
import { toProblem } from '../shared/data/problem.js';
import { ProblemText } from '../shared/data/problem-text.js';
import { Confirm } from '../shared/ui/confirm.js';
import { Toasts } from '../shared/ui/toasts.js';
import { LlmConfigActions } from './llm-config-actions.js';
import { LlmConfigClient } from './llm-config-client.js';

/** What can be asked for; a deletion is taken back by `restore`. */
export type BulkAction = 'enable' | 'disable' | 'delete';
type BulkWork = BulkAction | 'restore';

const BACK: Readonly<Record<BulkAction, BulkWork>> = { enable: 'disable', disable: 'enable', delete: 'restore' };

/** One of many that could not be changed. */
export interface BulkFailure {
  readonly config: LlmConfigDto;
  readonly reason: string;
}

/** How far a job is. */
export interface BulkProgress {
  readonly action: BulkWork;
  readonly done: number;
  readonly total: number;
}

const AT_ONCE = 4;

/** Does one thing with many configurations: one question, progress, a result for each, one undo for the whole. */
@Service()
export class LlmConfigBulk {
  private readonly client = inject(LlmConfigClient);
  private readonly actions = inject(LlmConfigActions);
  private readonly transloco = inject(TranslocoService);
  private readonly problemText = inject(ProblemText);
  private readonly toasts = inject(Toasts);
  private readonly confirm = inject(Confirm);
  private readonly running = signal<BulkProgress | null>(null);
  private readonly refused = signal<{ action: BulkWork; failures: readonly BulkFailure[] } | null>(null);
  private isCancelled = false;
  readonly progress = this.running.asReadonly();
  /** What failed in the last job, until it is dismissed or tried again. */
  readonly failed = this.refused.asReadonly();

  /** Asks first. Resolves when everything that could be done is done; true unless the user declined. */
  async ask(action: BulkAction, chosen: readonly LlmConfigDto[]): Promise<boolean> {
    const configs = chosen.filter((config) => this.actions.mayChange(config) && this.isMeant(action, config));
    const text = (key: string): string =>
      this.transloco.translate(`configs.bulk.${action}.${key}`, {
        count: configs.length,
        skipped: chosen.length - configs.length,
      });
    if (configs.length === 0) {
      this.toasts.done(this.transloco.translate('configs.bulk.nothing'));
      return false;
    }
    const isSure = await this.confirm.ask({
      title: text('title'),
      text: chosen.length > configs.length ? `${text('text')}\n${this.skipped(chosen, configs)}` : text('text'),
      confirm: text('confirm'),
      isDangerous: action !== 'enable',
    });
    if (isSure) await this.work(action, configs, true);
    return isSure;
  }

  async again(): Promise<void> {
    const failed = this.refused();
    this.refused.set(null);
    if (failed) {
      const configs = failed.failures.map(({ config }) => config);
      await this.work(failed.action, configs, true);
    }
  }

  cancel(): void {
    this.isCancelled = true;
  }

  dismiss(): void {
    this.refused.set(null);
  }

  private skipped(chosen: readonly LlmConfigDto[], configs: readonly LlmConfigDto[]): string {
    return this.transloco.translate('configs.bulk.skipped', { count: chosen.length - configs.length });
  }

  /** What is in the wanted state already is left alone. */
  private isMeant(action: BulkAction, config: LlmConfigDto): boolean {
    return action === 'delete' || config.is_active !== (action === 'enable');
  }

  private async work(action: BulkWork, configs: readonly LlmConfigDto[], isUndoable: boolean): Promise<void> {
    const done: LlmConfigDto[] = [];
    const failures: BulkFailure[] = [];
    this.isCancelled = false;
    this.running.set({ action, done: 0, total: configs.length });
    const waiting = [...configs];
    const worker = async (): Promise<void> => {
      for (let next = waiting.shift(); next && !this.isCancelled; next = waiting.shift()) {
        const reason = await this.one(action, next);
        if (reason === null) done.push(next);
        else failures.push({ config: next, reason });
        this.running.set({ action, done: done.length + failures.length, total: configs.length });
      }
    };
    await this.client.together(async () => {
      await Promise.all(Array.from({ length: AT_ONCE }, worker));
    });
    this.running.set(null);
    if (failures.length > 0) this.refused.set({ action, failures });
    if (done.length > 0) this.say(action, done, isUndoable);
  }

  /** Null when it worked, else why not. */
  private async one(action: BulkWork, { id }: LlmConfigDto): Promise<string | null> {
    try {
      if (action === 'delete') await this.client.delete(id);
      else if (action === 'restore') await this.client.restore(id);
      else await this.client.toggleStatus(id);
      return null;
    } catch (error) {
      return this.problemText.line(toProblem(error));
    }
  }

  private say(action: BulkWork, done: readonly LlmConfigDto[], isUndoable: boolean): void {
    const text = this.transloco.translate(`configs.bulk.${action}.done`, { count: done.length });
    if (action === 'restore' || !isUndoable) return this.toasts.done(text);
    const run = (): void => void this.work(BACK[action], done, false);
    this.toasts.done(text, { label: this.transloco.translate('common.undo'), run });
  }
}
