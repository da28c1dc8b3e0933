import { inject, Service, signal } from '@angular/core';
import type { BulkAction, LlmConfigDto } from '@opsagent/contracts';
import { Jobs } from '../shared/data/jobs.js';
import { type Problem, toProblem } from '../shared/data/problem.js';
import { type BulkInput, type BulkPreview, previewOf } from './bulk-preview.js';
import { LlmConfigActions } from './llm-config-actions.js';
import { LlmConfigList } from './llm-config-list.js';

const URL = '/api/llm-configs/bulk';

/** Does one thing with many configurations: what it would do is shown first, then it runs as a job of the server. */
@Service()
export class LlmConfigBulk {
  private readonly actions = inject(LlmConfigActions);
  private readonly jobs = inject(Jobs);
  private readonly list = inject(LlmConfigList);
  private readonly open = signal<BulkPreview | null>(null);
  private readonly fault = signal<Problem | null>(null);
  private readonly sending = signal(false);
  /** What is asked about now. */
  readonly asked = this.open.asReadonly();
  /** Why the job could not be started. */
  readonly problem = this.fault.asReadonly();
  readonly isSending = this.sending.asReadonly();

  ask(action: BulkAction, chosen: readonly LlmConfigDto[]): void {
    this.fault.set(null);
    this.open.set(previewOf(action, chosen, this.actions.mayChange));
  }

  /** Every active configuration that this user may test. */
  async askToTestAll(): Promise<void> {
    if (this.list.configs() === null) await this.list.refresh();
    this.ask(
      'test',
      (this.list.configs() ?? []).filter(({ is_active }) => is_active),
    );
  }

  dismiss(): void {
    this.open.set(null);
  }

  /** True when the job runs. */
  async start(preview: BulkPreview, input: BulkInput): Promise<boolean> {
    this.sending.set(true);
    this.fault.set(null);
    try {
      const configs = input.force ? [...preview.configs, ...preview.inUse] : preview.configs;
      await this.jobs.start(
        URL,
        { action: preview.action, ...input },
        configs.map(({ id }) => id),
      );
      this.open.set(null);
      return true;
    } catch (error) {
      this.fault.set(toProblem(error));
      return false;
    } finally {
      this.sending.set(false);
    }
  }
}
