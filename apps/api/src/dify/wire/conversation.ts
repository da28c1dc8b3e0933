import type { ConversationRow } from '../../session/conversations.js';
import { fillIn } from '../../session/fill-in.js';
import { Field } from './field.js';
import { unixSeconds } from './usage.js';

/** A conversation of an end user. */
export class DifyConversation {
  @Field({ type: 'string', format: 'uuid', description: 'Names the conversation.' })
  id!: string;

  @Field({ type: 'string', description: 'Its title.' })
  name!: string;

  @Field({ type: 'object', additionalProperties: true, description: 'The inputs it was opened with.' })
  inputs!: Record<string, unknown>;

  @Field({ type: 'string', description: 'Always `normal`.', example: 'normal' })
  status!: 'normal';

  @Field({ type: 'string', description: "The app's opening words, or empty." })
  introduction!: string;

  @Field({ type: 'integer', description: 'When it was opened, in Unix seconds.' })
  created_at!: number;

  @Field({ type: 'integer', description: 'When something last happened in it, in Unix seconds.' })
  updated_at!: number;
}

/** One page of conversations. */
export class DifyConversationPage {
  @Field({ type: 'integer', description: 'How many a page may hold.' })
  limit!: number;

  @Field({ type: 'boolean', description: 'Whether there are more behind this page.' })
  has_more!: boolean;

  @Field({
    type: 'array',
    items: { required: true, nested: () => DifyConversation },
    description: 'The conversations.',
  })
  data!: DifyConversation[];
}

export function toConversation(row: ConversationRow, introduction: string | null): DifyConversation {
  return {
    id: row.id,
    name: row.name,
    inputs: row.inputs,
    status: 'normal',
    introduction: fillIn(introduction ?? '', row.inputs),
    created_at: unixSeconds(row.createdAt),
    updated_at: unixSeconds(row.updatedAt),
  };
}
