import { Component, computed, inject, output, signal } from '@angular/core';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import type { LlmConfigTemplateDto, LlmProvider } from '@opsagent/contracts';
import { LLM_PROVIDER } from '@opsagent/contracts/constants';
import { toProblem } from '../../shared/data/problem.js';
import { ProblemText } from '../../shared/data/problem-text.js';
import { Dialog } from '../../shared/ui/dialog.js';
import { ProviderMark } from '../../shared/ui/provider-mark.js';
import { State } from '../../shared/ui/state.js';
import { Toasts } from '../../shared/ui/toasts.js';
import { Writes } from '../../shared/ui/writes.js';
import { TemplateClient } from './template-client.js';
import { Icon } from '../../shared/ui/icon/icon.js';

/** All templates to begin a configuration with; own ones can be deleted here, and come back by undo. */
@Component({
  selector: 'oa-template-dialog',
  imports: [Dialog, Icon, ProviderMark, State, TranslocoDirective, Writes],
  templateUrl: './template-dialog.html',
  styleUrl: './template-dialog.css',
})
export class TemplateDialog {
  private readonly client = inject(TemplateClient);
  private readonly transloco = inject(TranslocoService);
  private readonly problemText = inject(ProblemText);
  private readonly toasts = inject(Toasts);
  readonly chosen = output<LlmConfigTemplateDto>();
  readonly dismissed = output();

  protected readonly templates = this.client.list();
  protected readonly problem = computed(() => {
    const error = this.templates.error();
    return error ? toProblem(error) : null;
  });
  protected readonly groups = computed(() => {
    const items = this.templates.hasValue() ? this.templates.value().items : [];
    return [
      { label: 'own', items: items.filter(({ is_built_in }) => !is_built_in) },
      { label: 'builtIn', items: items.filter(({ is_built_in }) => is_built_in) },
    ].filter((group) => group.items.length > 0);
  });
  protected readonly busyWith = signal<string | null>(null);

  protected providerOf({ values }: LlmConfigTemplateDto): LlmProvider | null {
    return LLM_PROVIDER.values.find((provider) => provider === values['provider']) ?? null;
  }

  /** A built-in one is called in the reader's language. */
  protected nameOf({ id, name, is_built_in }: LlmConfigTemplateDto): string {
    return is_built_in ? this.text(`known.${id}.name`) : name;
  }

  protected descriptionOf({ id, description, is_built_in }: LlmConfigTemplateDto): string {
    return is_built_in ? this.text(`known.${id}.description`) : (description ?? '');
  }

  protected async delete(template: LlmConfigTemplateDto): Promise<void> {
    this.busyWith.set(template.id);
    try {
      await this.client.delete(template.id);
      this.templates.reload();
      this.toasts.done(this.text('deleted', { name: template.name }), {
        label: this.transloco.translate('common.undo'),
        run: () => void this.bringBack(template),
      });
    } catch (error) {
      this.report('deletionFailed', template, error);
    } finally {
      this.busyWith.set(null);
    }
  }

  private async bringBack(template: LlmConfigTemplateDto): Promise<void> {
    const { name, description, values } = template;
    try {
      await this.client.create({ name, description, values });
      this.templates.reload();
    } catch (error) {
      this.report('savingFailed', template, error);
    }
  }

  private report(what: 'deletionFailed' | 'savingFailed', { name }: LlmConfigTemplateDto, error: unknown): void {
    this.toasts.failed(this.text(what, { name, reason: this.problemText.line(toProblem(error)) }));
  }

  private text(key: string, values: Record<string, string> = {}): string {
    return this.transloco.translate(`configs.drawer.template.${key}`, values);
  }
}
