import { Id, ListOf, Moment, OneOf, Text, Whole } from '../field/fields.js';
import { oneOfSet, type ValueOf } from '../field/facts.js';

/** How an app behaves on the Dify wire: a plain chat, or an agent with tools. */
export const APP_MODE = oneOfSet('AppMode', ['chat', 'agent-chat']);
export type AppMode = ValueOf<typeof APP_MODE>;

/** An app that Dify clients talk to. */
export class AppDto {
  @Id({ description: 'Names the app.' })
  id!: string;

  @Text({ description: 'Its name.' })
  name!: string;

  @Text({ description: 'What it is for.' })
  description!: string;

  @OneOf(APP_MODE, { description: 'How it behaves on the Dify wire.' })
  mode!: AppMode;

  @Id({ nullable: true, description: 'Its model configuration; null takes the default.' })
  llm_config_id!: string | null;

  @Moment({ description: 'When it was created.' })
  created_at!: string;
}

/** One page of apps. */
export class AppListDto {
  @ListOf(() => AppDto, { description: 'The apps, oldest first.' })
  items!: AppDto[];

  @Whole({ min: 0, description: 'How many there are in all.' })
  total!: number;
}

/** Which part of a list of apps or keys to answer. */
export class AppQueryDto {
  @Whole({ query: true, min: 0, optional: true, default: 0, description: 'How many to leave out at the start.' })
  skip: number = 0;

  @Whole({
    query: true,
    min: 1,
    max: 1000,
    optional: true,
    default: 100,
    description: 'How many to answer at the most.',
  })
  limit: number = 100;
}

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
