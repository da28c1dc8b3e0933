import { Id, ListOf, Moment, Nested, Text, Whole } from '../field/fields.js';
import { ReachedLimitDto } from '../limits/limit.dto.js';

/** One field that was refused. */
export class FieldProblemDto {
  @Text({ description: 'Where: the field, dotted for nested ones.', example: 'max_tokens' })
  field!: string;

  @Text({ description: 'What is wrong with it.', example: 'max_tokens must not be less than 1' })
  message!: string;
}

/** An error of `/api`: RFC 9457 problem details with a stable code. */
export class ProblemDto {
  @Text({ description: 'A URI reference that names the problem type.', example: 'about:blank' })
  type!: string;

  @Text({ description: 'The HTTP status in words.', example: 'Conflict' })
  title!: string;

  @Whole({ min: 400, max: 599, description: 'The HTTP status.', example: 409 })
  status!: number;

  @Text({ description: 'A sentence for a person.', example: 'A model configuration named "main" exists already.' })
  detail!: string;

  @Text({ description: 'A stable code for programs.', example: 'llm-config/name-taken' })
  code!: string;

  @Id({ optional: true, description: 'Names this request in the logs.' })
  request_id?: string;

  @Text({ optional: true, description: 'The permission that is missing, on 403.', example: 'llm_configs.write' })
  permission?: string;

  @ListOf(() => FieldProblemDto, { optional: true, description: 'The fields that were refused, on bad input.' })
  errors?: FieldProblemDto[];

  @Nested(() => ReachedLimitDto, { optional: true, description: 'The limit that is reached, on 429.' })
  limit?: ReachedLimitDto;

  @Moment({
    optional: true,
    nullable: true,
    description: 'When that limit counts from nothing again; null for what ends by itself.',
  })
  resets_at?: string | null;
}
