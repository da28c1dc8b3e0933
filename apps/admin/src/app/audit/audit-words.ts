import { inject, Service } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import type { AuditEntryDto } from '@opsagent/contracts';
import { deedKey } from '../shared/data/deeds/deed-key.js';

/** One field of what changed; undefined where it was not told. */
export interface FieldChange {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** Entries in plain words. Reading one in a template follows a switch of language. */
@Service()
export class AuditWords {
  private readonly transloco = inject(TranslocoService);

  actor({ actor_name, actor_kind }: AuditEntryDto): string {
    return actor_name ?? this.text(`actor.${actor_kind}`);
  }

  /** What was done, between who did it and what it was done to. */
  deed(entry: AuditEntryDto): string {
    const deed = this.named(entry);
    if (entry.action === 'access.refuse' || entry.action === 'access.refuse_credential' || !entry.refused) return deed;
    return entry.action === 'auth.sign_in' ? this.text('failedSignIn') : this.text('refusedDeed', { deed });
  }

  action(action: string): string {
    return this.transloco.translate(deedKey(action), { action });
  }

  /** How often it happened, where one entry tells of many. */
  attempts({ after }: AuditEntryDto): number | null {
    const attempts = after?.['attempts'];
    return typeof attempts === 'number' ? attempts : null;
  }

  value(value: unknown): string {
    if (value === null || value === undefined || value === '') return '—';
    if (typeof value === 'boolean') return this.text(value ? 'yes' : 'no');
    if (value === 'changed') return this.text('secret');
    return typeof value === 'string' ? value : JSON.stringify(value, null, 1);
  }

  private named({ action, after }: AuditEntryDto): string {
    if (action !== 'llm_config.toggle_status') return this.action(action);
    return this.text(after?.['is_active'] === false ? 'disabled' : 'enabled');
  }

  private text(key: string, values: Record<string, unknown> = {}): string {
    return this.transloco.translate(`audit.${key}`, values);
  }
}

/** Field by field what an entry tells of, what stayed as it was left out. */
export function changesOf({ before, after }: Pick<AuditEntryDto, 'before' | 'after'>): FieldChange[] {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return fields
    .map((field) => ({ field, before: before?.[field], after: after?.[field] }))
    .filter((change) => JSON.stringify(change.before) !== JSON.stringify(change.after));
}
