import { Injectable } from '@nestjs/common';
import type { AuditEntryDto, AuditListDto, AuditQueryDto } from '@opsagent/contracts';
import { AuditEntryNotFound } from './audit.errors.js';
import { toAuditEntryDto } from './audit.mapper.js';
import { AuditRepository } from './audit.repository.js';

/** Reads the audit log. */
@Injectable()
export class AuditService {
  constructor(private readonly entries: AuditRepository) {}

  async list({ skip, limit, ...filter }: AuditQueryDto): Promise<AuditListDto> {
    const [items, total] = await this.entries.page(filter, skip, limit);
    return { items: items.map(toAuditEntryDto), total };
  }

  /** @throws AuditEntryNotFound */
  async get(seq: string): Promise<AuditEntryDto> {
    const entry = /^\d{1,18}$/.test(seq) ? await this.entries.find(seq) : null;
    if (!entry) throw new AuditEntryNotFound(seq);
    return toAuditEntryDto(entry);
  }
}
