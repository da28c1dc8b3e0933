import { Id, Moment, Text, Whole } from '../field/fields.js';

/** A big result of a tool, and some of its lines. */
export class ArtifactDto {
  @Id({ description: 'Names the result.' })
  id!: string;

  @Id({ description: 'The session.' })
  session_id!: string;

  @Id({ description: 'The message it was made for.' })
  message_id!: string;

  @Id({ description: 'The step that made it.' })
  step_id!: string;

  @Text({ description: 'What it is.', example: 'text/plain' })
  mime!: string;

  @Whole({ min: 0, description: 'Its size in UTF-8.' })
  bytes!: number;

  @Whole({ min: 0, description: 'How many lines it has.' })
  lines!: number;

  @Whole({ min: 1, description: 'The number of the first line in `text`.' })
  first_line!: number;

  @Whole({ min: 1, nullable: true, description: 'Where to go on reading; null at the end.' })
  next_line!: number | null;

  @Text({ max: 10_000_000, description: 'The lines.' })
  text!: string;

  @Moment({ description: 'When it was made.' })
  created_at!: string;
}

/** Which lines of a big result to answer. */
export class ArtifactQueryDto {
  @Whole({ query: true, min: 1, optional: true, default: 1, description: 'The first line.' })
  first_line: number = 1;

  @Whole({
    query: true,
    min: 1,
    max: 5_000,
    optional: true,
    default: 1_000,
    description: 'How many lines at the most; fewer where they are long.',
  })
  lines: number = 1_000;
}
