import { Flag, Id, ListOf, Moment, OneOf, Text, TextList, Whole } from '../field/fields.js';
import { oneOfSet, type ValueOf } from '../field/facts.js';

/** Over which wire a session was opened. */
export const SESSION_CHANNEL = oneOfSet('SessionChannel', ['console', 'api', 'dify']);
export type SessionChannel = ValueOf<typeof SESSION_CHANNEL>;

/** A conversation, bound to a model configuration. */
export class SessionDto {
  @Id({ description: 'Names the session; the conversation_id of the Dify wire.' })
  session_id!: string;

  @Text({ nullable: true, description: "The caller's own label, as it was sent." })
  user_id!: string | null;

  @Text({ description: 'Its name; empty until the first message.' })
  session_name!: string;

  @Id({ nullable: true, description: 'The configuration it is bound to; null takes the default at each turn.' })
  llm_config_id!: string | null;

  @TextList({
    nullable: true,
    description: 'The tools that its answers may call; an empty list is a plain chat, null every tool there is.',
  })
  tools!: string[] | null;

  @OneOf(SESSION_CHANNEL, { description: 'Over which wire it was opened.' })
  channel!: SessionChannel;

  @Id({ nullable: true, description: 'The run that is answering now, null when none is.' })
  active_run_id!: string | null;

  @Moment({ nullable: true, description: 'When it was pinned to the top of the list; null when it is not.' })
  pinned_at!: string | null;

  @Moment({ nullable: true, description: 'When it was put away; null when it is not.' })
  archived_at!: string | null;

  @Text({
    nullable: true,
    description: 'In a search: the text around the first match inside a message; null otherwise.',
  })
  excerpt!: string | null;

  @Moment({ description: 'When it was opened.' })
  created_at!: string;

  @Moment({ description: 'When something last happened in it.' })
  updated_at!: string;

  @Moment({ nullable: true, description: 'When it ends by itself; null = never.' })
  expires_at!: string | null;
}

/** One page of sessions. */
export class SessionListDto {
  @ListOf(() => SessionDto, { description: 'The sessions, newest activity first unless sorted otherwise.' })
  items!: SessionDto[];

  @Whole({ min: 0, description: 'How many there are in all.' })
  total!: number;
}

/** What a caller sends to open a session. */
export class CreateSessionDto {
  @Text({
    max: 255,
    optional: true,
    nullable: true,
    description: "The caller's own label for whoever speaks; stored as sent.",
  })
  user_id?: string | null;

  @Id({ optional: true, nullable: true, description: 'The model configuration to bind; the default otherwise.' })
  llm_config_id?: string | null;

  @Text({ max: 255, optional: true, nullable: true, description: 'Its name.' })
  session_name?: string | null;

  @TextList({
    max: 100,
    longest: 100,
    optional: true,
    nullable: true,
    description: 'The tools that its answers may call; an empty list is a plain chat, null every tool there is.',
  })
  tools?: string[] | null;
}

/** What a caller sends to change a session. */
export class UpdateSessionDto {
  @Text({ min: 1, max: 255, optional: true, description: 'A new name.' })
  session_name?: string;

  @Id({
    optional: true,
    nullable: true,
    description: 'Another configuration from the next turn on; null takes the default.',
  })
  llm_config_id?: string | null;

  @TextList({
    max: 100,
    longest: 100,
    optional: true,
    nullable: true,
    description: 'Other tools from the next turn on; null takes every tool there is.',
  })
  tools?: string[] | null;

  @Flag({ optional: true, description: 'Keep it at the top of the list, or no longer.' })
  pinned?: boolean;

  @Flag({ optional: true, description: 'Put it away, or take it back into the list.' })
  archived?: boolean;
}

export const SESSION_SORT = oneOfSet('SessionSort', ['updated_at', '-updated_at', 'created_at', '-created_at']);
export type SessionSort = ValueOf<typeof SESSION_SORT>;

/** Which sessions to list. */
export class SessionQueryDto {
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

  @Text({ max: 200, optional: true, description: 'Part of the name, or of what was asked or answered, ignoring case.' })
  search?: string;

  @Flag({ query: true, optional: true, description: 'Only those that are pinned, or only those that are not.' })
  pinned?: boolean;

  @Flag({ query: true, optional: true, default: false, description: 'Those that were put away instead of the others.' })
  archived: boolean = false;

  @OneOf(SESSION_SORT, { optional: true, default: '-updated_at', description: 'The order.' })
  sort: SessionSort = '-updated_at';
}

/** Which messages to list. */
export class MessageQueryDto {
  @Whole({ query: true, min: 0, optional: true, default: 0, description: 'How many of the newest to leave out.' })
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

  @Id({
    optional: true,
    description: 'Follow the versions that lead through this message; the newest message’s otherwise.',
  })
  through?: string;
}

/** The answer to a request to stop. */
export class StopRunDto {
  @Flag({ description: 'True when the run was still going and was told to stop.' })
  stopping!: boolean;
}
