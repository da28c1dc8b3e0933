import { Injectable } from '@nestjs/common';
import type { AuditEntryDto, AuditExportQueryDto } from '@opsagent/contracts';
import { AuditLog } from '../platform/audit/audit-log.js';
import { toAuditEntryDto } from './audit.mapper.js';
import { AuditRepository } from './audit.repository.js';

const AT_ONCE = 1000;
const COLUMNS = [
  ...['seq', 'at', 'actor_kind', 'actor_id', 'actor_name', 'credential', 'address', 'request_id', 'action'],
  ...['target_type', 'target_id', 'target_name', 'refused', 'before', 'after'],
] as (keyof AuditEntryDto)[];

/** Writes the log out, oldest first; that it was written out stands in the log. */
@Injectable()
export class AuditExport {
  constructor(
    private readonly entries: AuditRepository,
    private readonly audit: AuditLog,
  ) {}

  /** The lines of a file, some at a time. */
  async lines({ format, ...filter }: AuditExportQueryDto): Promise<AsyncIterable<string>> {
    const target = { targetType: 'audit_log', targetId: null, targetName: null };
    await this.audit.record({ action: 'audit.export', ...target, after: { format, ...filter } });
    return this.read(filter, format === 'csv' ? csvLine : (entry) => `${JSON.stringify(entry)}\n`, format);
  }

  private async *read(
    filter: Omit<AuditExportQueryDto, 'format'>,
    lineOf: (entry: AuditEntryDto) => string,
    format: AuditExportQueryDto['format'],
  ): AsyncGenerator<string> {
    if (format === 'csv') yield `${COLUMNS.join(',')}\r\n`;
    for (let after: string | null = null, some; (some = await this.entries.after(after, AT_ONCE, filter)).length > 0;) {
      yield some.map((entry) => lineOf(toAuditEntryDto(entry))).join('');
      after = some.at(-1)?.seq ?? after;
    }
  }
}

function csvLine(entry: AuditEntryDto): string {
  return `${COLUMNS.map((column) => csvField(entry[column])).join(',')}\r\n`;
}

function csvField(value: AuditEntryDto[keyof AuditEntryDto]): string {
  if (value === null) return '';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  // A table program would run what begins like a formula.
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
