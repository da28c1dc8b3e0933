import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { BulkAction, BulkLlmConfigsDto, JobDto } from '@opsagent/contracts';
import { InvalidInput } from '../../platform/errors/domain-error.js';
import type { JobItem, JobOutcome, JobWay } from '../../platform/jobs/job-work.js';
import { JobUndo } from '../../platform/jobs/job-undo.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import { LlmConfigAccess } from '../access/llm-config-access.js';
import { LlmConfigRepository } from '../llm-config.repository.js';
import { checkedTags } from '../rules/draft.js';
import { LlmConfigTestService } from '../testing/llm-config-test.service.js';
import { BulkChanges, type Target, type UndoTarget } from './bulk-changes.js';
import { BulkDeletions } from './bulk-deletions.js';

const TESTS_AT_ONCE = 4;
/** So many share a commit, and let everybody else's changes wait no longer than that takes. */
const TOGETHER = 250;
const ONE_BY_ONE = 50;

/** One action for many configurations, as a job; what it changed can be put back. */
@Injectable()
export class LlmConfigBulkService implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly undos: JobUndo,
    private readonly repository: LlmConfigRepository,
    private readonly changes: BulkChanges,
    private readonly deletions: BulkDeletions,
    private readonly tests: LlmConfigTestService,
    private readonly access: LlmConfigAccess,
  ) {}

  onModuleInit(): void {
    this.undos.register('llm_config_bulk', (action) => this.wayBack(action as BulkAction));
  }

  /** Each configuration succeeds, fails or is left out alone; one that does not exist fails. @throws InvalidInput */
  async start(input: BulkLlmConfigsDto): Promise<JobDto> {
    const tags = checkedTags(input.tags ?? []);
    const ids = [...new Set(input.ids.map((id) => id.toLowerCase()))];
    if (ids.length === 0) throw new InvalidInput([{ field: 'ids', message: 'ids must name a configuration' }]);
    const way = this.wayOf({ ...input, tags });
    const names = await this.repository.namesOf(ids, this.access.asker());
    const items = ids.map((targetId) => ({ targetId, name: names.get(targetId) ?? targetId }));
    return this.jobs.start({ ...way, kind: 'llm_config_bulk', action: input.action, items });
  }

  private wayOf(input: BulkLlmConfigsDto): JobWay<Target> {
    switch (input.action) {
      case 'test':
        return {
          concurrency: TESTS_AT_ONCE,
          run: (items, signal) => Promise.all(items.map((item) => this.test(item, signal))),
        };
      case 'enable':
      case 'disable':
        return together((items) => this.changes.setActive(items, input.action === 'enable'));
      case 'delete':
        return together((items) => this.deletions.deleteAll(items, input.force ?? false));
      case 'tag': {
        const tags = tagsOf(input);
        return together((items) => this.changes.addTags(items, tags));
      }
      case 'untag': {
        const tags = tagsOf(input);
        return together((items) => this.changes.removeTags(items, tags));
      }
      case 'set_timeout': {
        const totalMs = totalMsOf(input);
        return together((items) => this.changes.setTimeout(items, totalMs));
      }
    }
  }

  /** A test changes nothing. */
  private wayBack(action: BulkAction): JobWay<UndoTarget> | undefined {
    switch (action) {
      case 'enable':
        return together((items) => this.changes.setActive(items, false));
      case 'disable':
        return together((items) => this.enableAgain(items));
      case 'delete':
        return oneByOne((items) => this.deletions.restoreAll(items));
      case 'tag':
      case 'untag':
        return together((items) => this.changes.putTagsBack(items));
      case 'set_timeout':
        return together((items) => this.changes.putTimeoutBack(items));
      case 'test':
        return undefined;
    }
  }

  private async enableAgain(items: readonly UndoTarget[]): Promise<JobOutcome[]> {
    const outcomes = await this.changes.setActive(items, true);
    await this.deletions.returnDefault(items.filter((_, index) => outcomes[index]?.state === 'passed'));
    return outcomes;
  }

  private async test({ targetId }: Target, signal: AbortSignal): Promise<JobOutcome> {
    const test = await this.tests.prepareInJob(targetId, {});
    const { success, message, cause, kind } = await test.run(undefined, signal);
    if (success) return { state: 'passed', detail: message };
    return { state: 'failed', detail: message, code: `test/${cause ?? kind ?? 'unknown'}` };
  }
}

const together = <T extends JobItem>(run: JobWay<T>['run']): JobWay<T> => ({ groupSize: TOGETHER, run });
const oneByOne = <T extends JobItem>(run: JobWay<T>['run']): JobWay<T> => ({ groupSize: ONE_BY_ONE, run });

function tagsOf({ tags = [] }: BulkLlmConfigsDto): string[] {
  if (tags.length === 0) throw new InvalidInput([{ field: 'tags', message: 'tags must name a tag' }]);
  return tags;
}

function totalMsOf({ total_ms }: BulkLlmConfigsDto): number {
  if (total_ms === undefined) throw new InvalidInput([{ field: 'total_ms', message: 'total_ms is required' }]);
  return total_ms;
}
