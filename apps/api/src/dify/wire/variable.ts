import type { Request } from 'express';
import { DifyOptionalUserRequest } from './chat-request.js';
import { InvalidParam } from './dify-error.js';
import { Field } from './field.js';
import { DifyPageQuery } from './page-query.js';
import { queryText } from './read.js';

const NAME = /^[A-Za-z0-9_.-]{1,255}$/;

/** Which variables of a conversation to list. */
export class DifyVariableQuery extends DifyPageQuery {
  @Field({ type: 'string', required: false, description: 'The last variable of the page before.' })
  last_id?: string;

  @Field({ type: 'string', required: false, description: 'Part of the name.' })
  variable_name?: string;
}

/** The variables of a conversation. */
export class DifyVariablePage {
  @Field({ type: 'integer', description: 'How many a page may hold.' })
  limit!: number;

  @Field({ type: 'boolean', description: 'Whether there are more behind this page.' })
  has_more!: boolean;

  @Field({
    type: 'array',
    items: { required: true, type: 'object', additionalProperties: true },
    description: 'Always empty: only workflows have variables.',
  })
  data!: Record<string, unknown>[];
}

/** A new value for a variable. */
export class DifyVariableRequest extends DifyOptionalUserRequest {
  @Field({ type: 'object', additionalProperties: true, nullable: true, description: 'The new value, of any type.' })
  value!: unknown;
}

/** @throws InvalidParam */
export function checkVariableName(request: Request): void {
  const name = queryText(request, 'variable_name') ?? '';
  if (name !== '' && !NAME.test(name))
    throw new InvalidParam('variable_name may hold letters, digits, hyphens, underscores and dots.');
}
