import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { BulkAction, BulkLlmConfigsDto, JobDto } from '@opsagent/contracts';
import { Database } from '../../platform/database/database.js';
import { InvalidInput } from '../../platform/errors/domain-error.js';
import type { JobItem, JobOutcome, JobWay, UndoItem } from '../../platform/jobs/job-work.js';
import { JobUndo } from '../../platform/jobs/job-undo.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import { LlmConfigRepository } from '../llm-config.repository.js';
import { checkedTags } from '../rules/draft.js';
import { LlmConfigTestService } from '../testing/llm-config-test.service.js';
import { BulkChanges, type Deletion, type Swap } from './bulk-changes.js';
import { outcomeOf } from './bulk-outcome.js';

/** What a job hands over here always names a configuration. */
type Target = JobItem & { readonly targetId: string };

type ForOne<T> = (item: T & Target, signal: AbortSignal) => Promise<JobOutcome>;

const TESTS_AT_ONCE = 4;
/** So many share a commit, and let everybody else's changes wait no longer than that takes. */
const CHANGES_TOGETHER = 50;

/** One action for many configurations, as a job; what it changed can be put back. */
@Injectable()
export class LlmConfigBulkService implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly undos: JobUndo,
    private readonly database: Database,
    private readonly repository: LlmConfigRepository,
    private readonly changes: BulkChanges,
    private readonly tests: LlmConfigTestService,
  ) {}

  onModuleInit(): void {
    this.undos.register('llm_config_bulk', (action) => this.together(this.wayBack(action as BulkAction)));
  }

  /** Each configuration succeeds, fails or is left out alone; one that does not exist fails. @throws InvalidInput */
  async start(input: BulkLlmConfigsDto): Promise<JobDto> {
    const tags = checkedTags(input.tags ?? []);
    const ids = [...new Set(input.ids.map((id) => id.toLowerCase()))];
    if (ids.length === 0) throw new InvalidInput([{ field: 'ids', message: 'ids must name a configuration' }]);
    const way = this.wayOf({ ...input, tags });
    const names = await this.repository.namesOf(ids);
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
        return this.together(({ targetId }) => this.changes.setActive(targetId, input.action === 'enable'));
      case 'delete':
        return this.together(({ targetId }) => this.changes.delete(targetId, input.force ?? false));
      case 'tag': {
        const tags = tagsOf(input);
        return this.together(({ targetId }) => this.changes.addTags(targetId, tags));
      }
      case 'untag': {
        const tags = tagsOf(input);
        return this.together(({ targetId }) => this.changes.removeTags(targetId, tags));
      }
      case 'set_timeout': {
        const totalMs = totalMsOf(input);
        return this.together(({ targetId }) => this.changes.setTimeout(targetId, totalMs));
      }
    }
  }

  private wayBack(action: BulkAction): ForOne<UndoItem> {
    return ({ targetId, undo }) => {
      switch (action) {
        case 'enable':
          return this.changes.setActive(targetId, false);
        case 'disable':
          return this.changes.setActive(targetId, true, (undo as Pick<Deletion, 'was_default'>).was_default);
        case 'delete':
          return this.changes.restore(targetId, undo as Deletion);
        case 'tag':
        case 'untag':
          return this.changes.putTagsBack(targetId, undo as Swap<string[]>);
        case 'set_timeout':
          return this.changes.putTimeoutBack(targetId, undo as Swap<number | null>);
        case 'test':
          throw new Error('A test changes nothing.');
      }
    };
  }

  /** Many changes in one transaction, of which each can fail alone. */
  private together<T extends JobItem>(one: ForOne<T>): JobWay<T & Target> {
    return {
      groupSize: CHANGES_TOGETHER,
      run: (items, signal) =>
        this.database.transaction(async () => {
          await this.repository.changeAlone();
          const outcomes: JobOutcome[] = [];
          for (const item of items) outcomes.push(await outcomeOf(() => this.database.part(() => one(item, signal))));
          return outcomes;
        }),
    };
  }

  private async test({ targetId }: Target, signal: AbortSignal): Promise<JobOutcome> {
    const test = await this.tests.prepareInJob(targetId, {});
    const { success, message, cause, kind } = await test.run(undefined, signal);
    if (success) return { state: 'passed', detail: message };
    return { state: 'failed', detail: message, code: `test/${cause ?? kind ?? 'unknown'}` };
  }
}

function tagsOf({ tags = [] }: BulkLlmConfigsDto): string[] {
  if (tags.length === 0) throw new InvalidInput([{ field: 'tags', message: 'tags must name a tag' }]);
  return tags;
}

function totalMsOf({ total_ms }: BulkLlmConfigsDto): number {
  if (total_ms === undefined) throw new InvalidInput([{ field: 'total_ms', message: 'total_ms is required' }]);
  return total_ms;
}
