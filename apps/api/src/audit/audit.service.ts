import { Injectable } from '@nestjs/common';
import type { AuditEntryDto, AuditListDto, AuditQueryDto } from '@opsagent/contracts';
import { AuditEntryNotFound } from './audit.errors.js';
import { toAuditEntryDto } from './audit.mapper.js';
import { AuditPages } from './audit-pages.repository.js';
import { AuditRepository } from './audit.repository.js';

/** Reads the audit log. */
@Injectable()
export class AuditService {
  constructor(
    private readonly entries: AuditRepository,
    private readonly pages: AuditPages,
  ) {}

  async list({ skip, limit, ...filter }: AuditQueryDto): Promise<AuditListDto> {
    const { entries, total, isCapped } = await this.pages.page(filter, skip, limit);
    return { items: entries.map(toAuditEntryDto), total, is_capped: isCapped };
  }

  /** @throws AuditEntryNotFound */
  async get(seq: string): Promise<AuditEntryDto> {
    const entry = /^\d{1,18}$/.test(seq) ? await this.entries.find(seq) : null;
    if (!entry) throw new AuditEntryNotFound(seq);
    return toAuditEntryDto(entry);
  }
}
