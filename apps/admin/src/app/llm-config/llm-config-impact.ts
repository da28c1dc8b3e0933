import { inject, Service } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import type { LlmConfigDto, LlmConfigImpactDto } from '@opsagent/contracts';
import { Formats } from '../shared/i18n/formats.js';
import { Confirm } from '../shared/ui/confirm.js';
import { LlmConfigClient } from './llm-config-client.js';

/** What can hurt whoever uses a configuration. */
export type RiskyAction = 'change' | 'disable' | 'delete';

/** Asks once before a configuration in use is changed, with the figures of its use. */
@Service()
export class LlmConfigImpact {
  private readonly client = inject(LlmConfigClient);
  private readonly transloco = inject(TranslocoService);
  private readonly formats = inject(Formats);
  private readonly confirm = inject(Confirm);

  /**
   * Nothing is asked where nothing would be touched, except before a deletion. Of what is in use, or the default, the name is
   * typed before it is deleted; the server wants `force` for it.
   * @returns null when the user declined
   */
  async ask(action: RiskyAction, { id, name }: Pick<LlmConfigDto, 'id' | 'name'>): Promise<{ isUsed: boolean } | null> {
    const impact = await this.client.impact(id);
    const isUsed = impact.used_by.length > 0 || (impact.is_default && action !== 'change');
    if (!isUsed && impact.requests_24h === 0 && action !== 'delete') return { isUsed };
    const isSure = await this.confirm.ask({
      title: this.text(`${action}.title`, { name }),
      text: this.linesOf(action, impact).join('\n'),
      confirm: this.text(`${action}.confirm`),
      isDangerous: action !== 'change',
      ...(isUsed && action === 'delete' ? { typed: name } : {}),
    });
    return isSure ? { isUsed } : null;
  }

  /** The figures, what follows, and where the default goes. */
  linesOf(action: RiskyAction, { used_by, requests_24h, is_default }: LlmConfigImpactDto): string[] {
    const requests = this.formats.number(requests_24h);
    const uses = used_by
      .map(({ kind, count }) => this.text(`kind.${kind}`, { count: this.formats.number(count) }))
      .join(this.text('and'));
    const figures = uses ? [this.text('used', { uses, requests })] : [];
    if (!uses && requests_24h > 0) figures.push(this.text('requests', { requests }));
    if (figures.length === 0 && !is_default) return [this.text('unused')];
    if (figures.length > 0) figures.push(this.text(`${action}.text`));
    return is_default ? [...figures, this.text(`${action}.default`)] : figures;
  }

  private text(key: string, values: Record<string, string> = {}): string {
    return this.transloco.translate(`configs.drawer.impact.${key}`, values);
  }
}
