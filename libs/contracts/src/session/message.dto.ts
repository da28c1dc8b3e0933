import { Decimal, Flag, Id, ListOf, Moment, Nested, OneOf, Text, TextList, Whole } from '../field/fields.js';
import { oneOfSet, type ValueOf } from '../field/facts.js';
import { StepDto } from '../agent/step.dto.js';
import { FEEDBACK_RATING, type FeedbackRating } from './feedback-rating.js';
import { FAULT_KIND, type FaultKind } from '../problem/fault-kind.js';

/** Where an answer stands. */
export const MESSAGE_STATUS = oneOfSet('MessageStatus', ['running', 'finished', 'stopped', 'failed']);
export type MessageStatus = ValueOf<typeof MESSAGE_STATUS>;

/** What an answer took from the model, summed over all its model calls. */
export class UsageDto {
  @Whole({ min: 0, description: 'Tokens read by the model.' })
  prompt_tokens!: number;

  @Whole({ min: 0, description: 'Tokens written by the model.' })
  completion_tokens!: number;

  @Whole({ min: 0, description: 'Both together.' })
  total_tokens!: number;

  @Whole({ min: 0, description: 'Of the tokens read, those the provider had cached.' })
  cached_tokens!: number;

  @Whole({ min: 0, description: 'Of the tokens written, those spent on reasoning.' })
  reasoning_tokens!: number;

  @Flag({ description: 'The provider reported nothing and the figures are estimated from lengths.' })
  estimated!: boolean;
}

/** Why an answer failed. */
export class MessageErrorDto {
  @OneOf(FAULT_KIND, { description: 'The kind of fault.' })
  kind!: FaultKind;

  @Text({ description: 'A stable code for programs.' })
  code!: string;

  @Text({ description: 'A sentence for a person.' })
  detail!: string;
}

/** A reader's opinion of an answer. */
export class FeedbackDto {
  @OneOf(FEEDBACK_RATING, { description: 'Whether it helped.' })
  rating!: FeedbackRating;

  @Text({ nullable: true, description: 'Why, in the reader’s own words.' })
  content!: string | null;
}

/** What a caller sends to rate an answer. */
export class RateMessageDto {
  @OneOf(FEEDBACK_RATING, { description: 'Whether it helped.' })
  rating!: FeedbackRating;

  @Text({ max: 2000, optional: true, nullable: true, description: 'Why.' })
  content?: string | null;
}

/** One turn of a session: a question and its answer. */
export class MessageDto {
  @Id({ description: 'Names the message.' })
  message_id!: string;

  @Id({ description: 'The session it belongs to.' })
  session_id!: string;

  @Id({ nullable: true, description: 'The run that made the answer.' })
  run_id!: string | null;

  @Id({ nullable: true, description: 'The message it follows; null at the start of the session.' })
  parent_id!: string | null;

  @TextList({
    format: 'uuid',
    description: 'All versions of this turn, oldest first, this one among them: the messages that follow the same one.',
  })
  versions!: string[];

  @Text({ description: 'What was asked.' })
  query!: string;

  @Text({ description: 'What was answered, as far as it came.' })
  answer!: string;

  @Text({ description: "The model's reasoning, where it shows any." })
  reasoning!: string;

  @OneOf(MESSAGE_STATUS, { description: 'Where the answer stands.' })
  status!: MessageStatus;

  @Nested(() => MessageErrorDto, { nullable: true, description: 'Why it failed.' })
  error!: MessageErrorDto | null;

  @Id({ nullable: true, description: 'The configuration that answered.' })
  llm_config_id!: string | null;

  @Text({ nullable: true, description: 'The model that answered.' })
  model_name!: string | null;

  @Nested(() => UsageDto, { nullable: true, description: 'What it took; null when nothing is known.' })
  usage!: UsageDto | null;

  @Decimal({ nullable: true, description: 'Until the first token, in milliseconds.' })
  first_token_ms!: number | null;

  @Decimal({ nullable: true, description: 'The whole answer, in milliseconds.' })
  total_ms!: number | null;

  @Text({
    nullable: true,
    description: 'What it cost, as a decimal; null when the price is not known.',
    example: '0.00042',
  })
  total_price!: string | null;

  @Text({ nullable: true, description: 'The currency of the price.', example: 'CNY' })
  currency!: string | null;

  @Nested(() => FeedbackDto, { nullable: true, description: 'The asker’s own opinion of the answer.' })
  feedback!: FeedbackDto | null;

  @ListOf(() => StepDto, { description: 'The tool calls, in order.' })
  steps!: StepDto[];

  @Moment({ description: 'When it was asked.' })
  created_at!: string;

  @Moment({ nullable: true, description: 'When the answer ended.' })
  finished_at!: string | null;
}

/** One page of messages, oldest first; the first page holds the newest. */
export class MessageListDto {
  @ListOf(() => MessageDto, { description: 'The messages, oldest first.' })
  items!: MessageDto[];

  @Whole({ min: 0, description: 'How many there are in all.' })
  total!: number;
}

/** What a caller sends to ask something. */
export class SendMessageDto {
  @Text({ min: 1, max: 1_000_000, description: 'The question.' })
  query!: string;

  @Id({ optional: true, nullable: true, description: 'A configuration for this turn only; the session’s otherwise.' })
  llm_config_id?: string | null;

  @Id({
    optional: true,
    nullable: true,
    description:
      'The message to follow: that of an existing turn makes a new version of it, null a new version of the first. Absent: the newest message.',
  })
  parent_id?: string | null;
}

/** The answer to a question asked without streaming: follow the run's events. */
export class RunStartedDto {
  @Id({ description: 'The run; its events are at `/api/runs/{id}/events`.' })
  run_id!: string;

  @Id({ description: 'The message being answered.' })
  message_id!: string;
}
