import type { FoundSectionDto, RunbookDto, RunbookSummaryDto, UpdateRunbookDto } from '@opsagent/contracts';
import type { Runbook } from './runbook.entity.js';
import type { FoundSection } from './search/runbook-section.repository.js';
import { plainOf } from './search/plain-text.js';
import type { Term } from './search/search-tokens.js';
import { snippetOf } from './search/snippet.js';

const EXCERPT_LENGTH = 160;

export function toRunbookSummaryDto(runbook: Runbook): RunbookSummaryDto {
  return {
    id: runbook.id,
    title: runbook.title,
    tags: runbook.tags,
    source_name: runbook.sourceName,
    is_active: runbook.isActive,
    excerpt: excerptOf(runbook),
    created_by: runbook.createdBy,
    updated_by: runbook.updatedBy,
    created_at: runbook.createdAt.toISOString(),
    updated_at: runbook.updatedAt.toISOString(),
  };
}

export function toRunbookDto(runbook: Runbook): RunbookDto {
  return { ...toRunbookSummaryDto(runbook), body: runbook.body };
}

export function toFoundSectionDto(section: FoundSection, terms: readonly Term[]): FoundSectionDto {
  return {
    runbook_id: section.runbookId,
    title: section.title,
    tags: section.tags,
    is_active: section.isActive,
    path: section.path,
    snippet: snippetOf(section.text, terms).map(({ text, isMatch }) => ({ text, is_match: isMatch })),
    score: Math.min(1, Number(section.score.toFixed(3))),
    updated_at: section.updatedAt.toISOString(),
  };
}

/** The columns that a caller changes; what was not sent is not among them. */
export function toRunbookChange({ title, tags, body, is_active }: UpdateRunbookDto): Partial<Runbook> {
  const columns: Partial<Runbook> = {
    title: title?.trim(),
    tags: tags && distinctTags(tags),
    body,
    isActive: is_active,
  };
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined));
}

/** Each tag once, without spaces around it. */
export function distinctTags(tags: readonly string[]): string[] {
  return [...new Set(tags.map((tag) => tag.trim()).filter((tag) => tag !== ''))];
}

/** The first words, without the marks of Markdown and without a heading that only says the title again. */
function excerptOf({ title, body }: Runbook): string {
  const plain = plainOf(body.slice(0, 2_000));
  const rest = plain.startsWith(title) ? plain.slice(title.length).trim() : plain;
  return rest.slice(0, EXCERPT_LENGTH).replace(/[\uD800-\uDBFF]$/, '');
}
