import { oneOfSet, type SessionSort } from '@opsagent/contracts';
import type { Request } from 'express';
import { InvalidParam } from './dify-error.js';
import { Field } from './field.js';
import { queryText } from './read.js';

const SORTS: readonly SessionSort[] = ['created_at', '-created_at', 'updated_at', '-updated_at'];

/** What every page takes. */
export class DifyPageQuery {
  @Field({
    type: 'string',
    required: false,
    description: 'Whom the client speaks for; without it, the anonymous user.',
  })
  user?: string;

  @Field({
    type: 'integer',
    minimum: 1,
    maximum: 100,
    required: false,
    default: 20,
    description: 'How many a page may hold.',
  })
  limit?: number;
}

/** Which conversations to list. */
export class DifyConversationQuery extends DifyPageQuery {
  @Field({
    type: 'string',
    required: false,
    description: 'The last conversation of the page before; empty for the first.',
  })
  last_id?: string;

  @Field({
    type: 'string',
    set: oneOfSet('DifyConversationSort', SORTS),
    required: false,
    default: '-updated_at',
    description: 'The order; a minus turns it round.',
  })
  sort_by?: SessionSort;
}

/** Which messages to list. */
export class DifyMessageQuery extends DifyPageQuery {
  @Field({ type: 'string', description: 'The conversation; empty for an empty page.' })
  conversation_id!: string;

  @Field({
    type: 'string',
    required: false,
    description: 'The first message of the page before; empty for the newest.',
  })
  first_id?: string;
}

/** @throws InvalidParam */
export function querySort(request: Request): SessionSort {
  const text = queryText(request, 'sort_by') ?? '';
  const sort = SORTS.find((known) => known === (text === '' ? '-updated_at' : text));
  if (sort === undefined) throw new InvalidParam(`sort_by must be one of ${SORTS.join(', ')}.`);
  return sort;
}
