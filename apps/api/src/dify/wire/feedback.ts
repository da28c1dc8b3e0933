import { FEEDBACK_RATING, type FeedbackRating } from '@opsagent/contracts';
import type { GivenFeedback } from '../../session/end-user-feedbacks.repository.js';
import { DifyUserRequest } from './chat-request.js';
import { InvalidParam } from './dify-error.js';
import { Field } from './field.js';
import type { JsonObject } from './read.js';

/** What an end user thinks of an answer. */
export class DifyFeedbackRequest extends DifyUserRequest {
  @Field({
    type: 'string',
    set: FEEDBACK_RATING,
    required: false,
    nullable: true,
    description: 'The rating; null or left out takes an earlier one back.',
  })
  rating?: FeedbackRating | null;

  @Field({ type: 'string', required: false, nullable: true, description: 'Why.' })
  content?: string | null;
}

/** An opinion that was given. */
export class DifyFeedback {
  @Field({ type: 'string', format: 'uuid', description: 'Names the opinion.' })
  id!: string;

  @Field({ type: 'string', format: 'uuid', description: 'The app.' })
  app_id!: string;

  @Field({ type: 'string', format: 'uuid', description: 'The conversation.' })
  conversation_id!: string;

  @Field({ type: 'string', format: 'uuid', description: 'The message.' })
  message_id!: string;

  @Field({ type: 'string', set: FEEDBACK_RATING, description: 'The rating.' })
  rating!: FeedbackRating;

  @Field({ type: 'string', nullable: true, description: 'Why.' })
  content!: string | null;

  @Field({ type: 'string', description: '`user` for an end user, `admin` for a user of the console.' })
  from_source!: 'user' | 'admin';

  @Field({ type: 'string', format: 'uuid', nullable: true, description: 'The end user.' })
  from_end_user_id!: string | null;

  @Field({ type: 'string', format: 'uuid', nullable: true, description: 'The user of the console.' })
  from_account_id!: string | null;

  @Field({ type: 'string', format: 'date-time', description: 'When it was first given.' })
  created_at!: string;

  @Field({ type: 'string', format: 'date-time', description: 'When it was last changed.' })
  updated_at!: string;
}

/** The opinions of a page. */
export class DifyFeedbackPage {
  @Field({ type: 'array', items: { required: true, nested: () => DifyFeedback }, description: 'Newest first.' })
  data!: DifyFeedback[];
}

/** Which opinions to list. */
export class DifyFeedbackQuery {
  @Field({ type: 'integer', minimum: 1, required: false, default: 1, description: 'Which page.' })
  page?: number;

  @Field({
    type: 'integer',
    minimum: 1,
    maximum: 101,
    required: false,
    default: 20,
    description: 'How many a page may hold.',
  })
  limit?: number;
}

/** The opinion a call gives; null takes one back. @throws InvalidParam */
export function readFeedback(body: JsonObject): { rating: FeedbackRating; content: string | null } | null {
  const { rating = null, content = null } = body;
  if (content !== null && typeof content !== 'string') throw new InvalidParam('content must be a string.');
  if (rating === null) return null;
  if (rating !== 'like' && rating !== 'dislike') throw new InvalidParam('rating must be "like", "dislike" or null.');
  return { rating, content: content?.replaceAll('\0', '').toWellFormed() ?? null };
}

export function toFeedback(appId: string, given: GivenFeedback): DifyFeedback {
  return {
    id: given.id,
    app_id: appId,
    conversation_id: given.sessionId,
    message_id: given.messageId,
    rating: given.rating,
    content: given.content,
    from_source: given.fromSource,
    from_end_user_id: given.endUserId,
    from_account_id: given.userId,
    created_at: given.createdAt.toISOString(),
    updated_at: given.updatedAt.toISOString(),
  };
}
