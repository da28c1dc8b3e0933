import { Id, ListOf, Moment, Text, Whole } from '../field/fields.js';

/** What a caller sends to make a key of an app. */
export class CreateAppKeyDto {
  @Text({ min: 1, max: 100, description: 'What it is for.' })
  name!: string;

  @Moment({ optional: true, nullable: true, description: 'When it stops being accepted; null = never.' })
  expires_at?: string | null;
}

/** A key of an app, without its value. */
export class AppKeyDto {
  @Id({ description: 'Names the key.' })
  id!: string;

  @Text({ description: 'What it is for.' })
  name!: string;

  @Text({ description: 'The last four characters.' })
  last_four!: string;

  @Moment({ description: 'When it was made.' })
  created_at!: string;

  @Moment({ nullable: true, description: 'When it was last used, to the minute.' })
  last_used_at!: string | null;

  @Moment({ nullable: true, description: 'When it stops being accepted; null = never.' })
  expires_at!: string | null;
}

/** A new key: the only answer that ever carries its value. */
export class CreatedAppKeyDto extends AppKeyDto {
  @Text({ description: 'The key; Dify clients send it as `Authorization: Bearer …`. It is not shown again.' })
  key!: string;
}

/** The keys of an app. */
export class AppKeyListDto {
  @ListOf(() => AppKeyDto, { description: 'The keys, newest first.' })
  items!: AppKeyDto[];

  @Whole({ min: 0, description: 'How many there are in all.' })
  total!: number;
}

/** Puts a new key in the place of another one. */
export class RotateAppKeyDto {
  @Whole({
    min: 0,
    max: 72,
    optional: true,
    default: 24,
    description: 'For how many hours the old key is still accepted.',
  })
  overlap_hours?: number;
}
