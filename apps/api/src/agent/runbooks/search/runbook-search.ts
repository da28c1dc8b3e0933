import { Injectable } from '@nestjs/common';
import type { RunbookSearchDto, RunbookSearchQueryDto } from '@opsagent/contracts';
import { toFoundSectionDto } from '../runbook.mapper.js';
import { RunbookSectionRepository } from './runbook-section.repository.js';
import { termsOf } from './search-tokens.js';

/** Finds sections of runbooks. */
@Injectable()
export class RunbookSearch {
  constructor(private readonly sections: RunbookSectionRepository) {}

  async search({ query, limit, with_inactive }: RunbookSearchQueryDto): Promise<RunbookSearchDto> {
    const terms = termsOf(query);
    const found = await this.sections.find(terms, { limit, onlyActive: !with_inactive });
    return { items: found.map((section) => toFoundSectionDto(section, terms)), total: found.length };
  }
}
