import { Flag, OneOf, TextList, Whole } from '../field/fields.js';
import { oneOfSet, type ValueOf } from '../field/facts.js';

/** What can be done with many configurations at once. */
export const BULK_ACTION = oneOfSet('BulkAction', [
  'test',
  'enable',
  'disable',
  'delete',
  'tag',
  'untag',
  'set_timeout',
]);
export type BulkAction = ValueOf<typeof BULK_ACTION>;

/** One action for many configurations; it runs as a job. */
export class BulkLlmConfigsDto {
  @OneOf(BULK_ACTION, { description: 'What to do.' })
  action!: BulkAction;

  @TextList({ format: 'uuid', description: 'With which configurations.' })
  ids!: string[];

  @TextList({ optional: true, description: 'For `tag` and `untag`.' })
  tags?: string[];

  @Whole({
    min: 1000,
    max: 600_000,
    optional: true,
    description: 'For `set_timeout`: the whole answer, in milliseconds.',
  })
  total_ms?: number;

  @Flag({ optional: true, default: false, description: 'For `delete`: also those in use.' })
  force?: boolean;
}
