import { LlmConfigAccessDto } from './llm-config-access.dto.js';
import { Flag, ListOf, Moment, Nested, OneOf, Text, TextList, Whole, WholeList } from '../field/fields.js';
import { FAULT_KIND, type FaultKind } from '../problem/fault-kind.js';

/** How the last test of a configuration ended. */
export class LastTestDto {
  @Moment({ description: 'When it began.' })
  at!: string;

  @Flag({ description: 'The model answered.' })
  success!: boolean;

  @OneOf(FAULT_KIND, { nullable: true, description: 'Why it failed.' })
  kind!: FaultKind | null;

  @Whole({ nullable: true, description: 'Until the first token, in milliseconds.' })
  first_token_ms!: number | null;
}

/** What a configuration did in the last 24 hours. */
export class LlmConfigActivityDto {
  @Whole({ min: 0, description: 'Answers asked for.' })
  requests!: number;

  @Whole({ min: 0, description: 'Of these, failed.' })
  errors!: number;

  @WholeList({ description: 'Failed answers per hour, oldest first; 24 of them.' })
  errors_by_hour!: number[];
}

/** One kind of thing that uses a configuration. */
export class LlmConfigUserDto {
  @Text({ description: 'Which kind.', example: 'sessions' })
  kind!: string;

  @Whole({ min: 0, description: 'How many.' })
  count!: number;

  @TextList({ description: 'The names of a few.' })
  examples!: string[];
}

/** What the list of the console shows beside the 22 columns; only with `include=details`. */
export class LlmConfigDetailsDto {
  @TextList({ description: 'Words to find it by.' })
  tags!: string[];

  @TextList({ format: 'uuid', description: 'Configurations that answer in its place while it fails, in this order.' })
  fallback_ids!: string[];

  @Nested(() => LlmConfigAccessDto, { description: 'Who may use it.' })
  access!: LlmConfigAccessDto;

  @TextList({
    description: 'The e-mail addresses of `access.user_ids`, in their order; empty for whoever may not change it.',
  })
  access_emails!: string[];

  @Moment({ nullable: true, description: 'When its key was last changed; null without a key.' })
  key_changed_at!: string | null;

  @Flag({ description: 'The stored key can be opened; false after a change of the master key.' })
  key_readable!: boolean;

  @Nested(() => LastTestDto, { nullable: true, description: 'How its last test ended; null when never tested.' })
  last_test!: LastTestDto | null;

  @Nested(() => LlmConfigActivityDto, { nullable: true, description: 'The last 24 hours; null when not used in them.' })
  activity!: LlmConfigActivityDto | null;

  @ListOf(() => LlmConfigUserDto, { description: 'What uses it: sessions, apps, other configurations.' })
  used_by!: LlmConfigUserDto[];

  @Text({ nullable: true, description: 'The name of who changed it last.' })
  updated_by_name!: string | null;
}

/** What a risky change of a configuration would touch. */
export class LlmConfigImpactDto {
  @ListOf(() => LlmConfigUserDto, { description: 'What uses it.' })
  used_by!: LlmConfigUserDto[];

  @Whole({ min: 0, description: 'Answers it was asked for in the last 24 hours.' })
  requests_24h!: number;

  @Flag({ description: 'It is the default of its kind.' })
  is_default!: boolean;
}
