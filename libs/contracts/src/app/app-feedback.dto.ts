import { Id, ListOf, Moment, OneOf, Text, Whole } from '../field/fields.js';
import { FEEDBACK_RATING, type FeedbackRating } from '../session/feedback-rating.js';

/** What somebody thought of an answer of an app. */
export class AppFeedbackDto {
  @Id({ description: 'Names the opinion.' })
  id!: string;

  @Id({ description: 'The conversation.' })
  conversation_id!: string;

  @Id({ description: 'The message.' })
  message_id!: string;

  @Text({ description: 'What was asked, its beginning.' })
  query!: string;

  @Text({ description: 'What was answered, its beginning.' })
  answer!: string;

  @OneOf(FEEDBACK_RATING, { description: 'The rating.' })
  rating!: FeedbackRating;

  @Text({ nullable: true, description: 'Why.' })
  comment!: string | null;

  @Moment({ description: 'When it was first given.' })
  created_at!: string;
}

/** One page of opinions. */
export class AppFeedbackListDto {
  @ListOf(() => AppFeedbackDto, { description: 'The opinions, newest first.' })
  items!: AppFeedbackDto[];

  @Whole({ min: 0, description: 'How many there are in all.' })
  total!: number;
}
