import { Decimal, ListOf, Moment, OneOf, Text, Whole } from '../field/fields.js';
import { LIMIT_KIND, LIMIT_LEVEL, LIMIT_NAME, type LimitKind, type LimitLevel, type LimitName } from './limit-kind.js';

const MOST_TOKENS = 1_000_000_000_000;
const MOST_MONEY = 1_000_000_000;

/** What a caller sends to set the limits of one subject; what is left out or null is not limited. */
export class SetLimitDto {
  @Whole({
    ...{ min: 1, max: 1_000_000, optional: true, nullable: true },
    description: 'Requests a minute: of a user on `/api`, of an app or a key on `/v1`, questions to a configuration.',
  })
  requests_per_minute?: number | null;

  @Whole({ min: 1, max: 100_000, optional: true, nullable: true, description: 'Answers made at the same time.' })
  concurrent_runs?: number | null;

  @Whole({ min: 1, max: MOST_TOKENS, optional: true, nullable: true, description: 'Tokens a day (UTC).' })
  tokens_per_day?: number | null;

  @Whole({ min: 1, max: MOST_TOKENS, optional: true, nullable: true, description: 'Tokens a month (UTC).' })
  tokens_per_month?: number | null;

  @Decimal({
    ...{ min: 0.000001, max: MOST_MONEY, places: 6, optional: true, nullable: true },
    description: 'Money a day (UTC), in `currency`.',
  })
  cost_per_day?: number | null;

  @Decimal({
    ...{ min: 0.000001, max: MOST_MONEY, places: 6, optional: true, nullable: true },
    description: 'Money a month (UTC), in `currency`.',
  })
  cost_per_month?: number | null;

  @Text({
    ...{ min: 3, max: 3, pattern: /^[A-Z]{3}$/, patternHint: 'must be a code of three letters (ISO 4217)' },
    ...{ optional: true, nullable: true, example: 'CNY' },
    description: 'The currency of the money; required with an amount.',
  })
  currency?: string | null;

  @Whole({
    ...{ min: 1, max: 100, optional: true, default: 80 },
    description: 'From which part of a budget on to warn, in per cent.',
  })
  soft_percent?: number;
}

/** The limits of one subject. */
export class LimitDto {
  @OneOf(LIMIT_KIND, { description: 'What kind of subject it is.' })
  kind!: LimitKind;

  @Text({ nullable: true, description: 'The subject: an id, or the name of a role; null is everyone of its kind.' })
  subject_id!: string | null;

  @Text({ nullable: true, description: 'What the subject is called; null where it is gone or is everyone.' })
  subject_name!: string | null;

  @Whole({ nullable: true, description: 'Requests a minute.' })
  requests_per_minute!: number | null;

  @Whole({ nullable: true, description: 'Answers made at the same time.' })
  concurrent_runs!: number | null;

  @Whole({ nullable: true, description: 'Tokens a day (UTC).' })
  tokens_per_day!: number | null;

  @Whole({ nullable: true, description: 'Tokens a month (UTC).' })
  tokens_per_month!: number | null;

  @Decimal({ nullable: true, description: 'Money a day (UTC).' })
  cost_per_day!: number | null;

  @Decimal({ nullable: true, description: 'Money a month (UTC).' })
  cost_per_month!: number | null;

  @Text({ nullable: true, description: 'The currency of the money.', example: 'CNY' })
  currency!: string | null;

  @Whole({ description: 'From which part of a budget on to warn, in per cent.' })
  soft_percent!: number;

  @Moment({ description: 'When they were set.' })
  updated_at!: string;
}

/** All limits. */
export class LimitListDto {
  @ListOf(() => LimitDto, { description: 'The limits, by kind; what holds for everyone first.' })
  items!: LimitDto[];

  @Whole({ min: 0, description: 'How many there are.' })
  total!: number;
}

/** One limit and how much of it is used. */
export class LimitFigureDto {
  @OneOf(LIMIT_NAME, { description: 'What is limited.' })
  name!: LimitName;

  @Decimal({ description: 'How much there may be.' })
  most!: number;

  @Decimal({ description: 'How much there is now.' })
  used!: number;

  @OneOf(LIMIT_LEVEL, { description: 'Free, over the part from which on to warn, or reached.' })
  level!: LimitLevel;

  @Text({ nullable: true, description: 'The currency, where money is limited.', example: 'CNY' })
  currency!: string | null;

  @Moment({ nullable: true, description: 'When it counts from nothing again; null for what ends by itself.' })
  resets_at!: string | null;

  @Whole({
    nullable: true,
    description:
      'Answers of the time whose price is not known or is in another currency, which `used` therefore lacks; null where no money is limited.',
  })
  unpriced_answers!: number | null;
}

/** How much of its limits a subject has used. */
export class LimitStateDto {
  @OneOf(LIMIT_KIND, { description: 'What kind of subject it is.' })
  kind!: LimitKind;

  @Text({ description: 'The subject.' })
  subject_id!: string;

  @Text({ nullable: true, description: 'What the subject is called; null where it is gone.' })
  subject_name!: string | null;

  @ListOf(() => LimitFigureDto, { description: 'Its limits.' })
  figures!: LimitFigureDto[];
}

/** How much of their limits subjects have used. */
export class LimitStateListDto {
  @ListOf(() => LimitStateDto, { description: 'The subjects.' })
  items!: LimitStateDto[];

  @Whole({ min: 0, description: 'How many there are.' })
  total!: number;
}

/** The limit that refused a call. */
export class ReachedLimitDto {
  @OneOf(LIMIT_KIND, { description: 'Whose it is.' })
  kind!: LimitKind;

  @OneOf(LIMIT_NAME, { description: 'What is limited.' })
  name!: LimitName;

  @Decimal({ description: 'How much there may be.' })
  most!: number;

  @Decimal({ description: 'How much there is.' })
  used!: number;

  @Text({ nullable: true, description: 'The currency, where money is limited.', example: 'CNY' })
  currency!: string | null;
}

/** A budget most of which is used up. */
export class LimitWarningDto {
  @OneOf(LIMIT_KIND, { description: 'Whose it is.' })
  kind!: LimitKind;

  @OneOf(LIMIT_NAME, { description: 'What is limited.' })
  name!: LimitName;

  @Whole({ description: 'How much of it is used, in per cent.' })
  used_percent!: number;

  @Moment({ description: 'When it counts from nothing again.' })
  resets_at!: string;
}
