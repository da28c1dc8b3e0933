import { Injectable } from '@nestjs/common';
import { RunbookNotFound } from './runbook.errors.js';
import { RunbookRepository } from './runbook.repository.js';
import type { Runbook } from './runbook.entity.js';
import { RunbookSectionRepository, type FoundSection } from './search/runbook-section.repository.js';
import { termsOf } from './search/search-tokens.js';

/** The runbooks as the agent sees them: those that are switched on. */
@Injectable()
export class RunbookReader {
  constructor(
    private readonly repository: RunbookRepository,
    private readonly sections: RunbookSectionRepository,
  ) {}

  find(query: string, limit: number): Promise<FoundSection[]> {
    return this.sections.find(termsOf(query), { limit, onlyActive: true });
  }

  /** @throws RunbookNotFound */
  async read(id: string): Promise<Runbook> {
    const runbook = await this.repository.getById(id);
    if (!runbook.isActive) throw new RunbookNotFound(id);
    return runbook;
  }
}
