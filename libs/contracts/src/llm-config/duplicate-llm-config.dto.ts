import { Text } from '../field/fields.js';

/** How to copy a configuration. */
export class DuplicateLlmConfigDto {
  @Text({
    min: 1,
    max: 100,
    optional: true,
    nullable: true,
    description: 'The new name; numbered by itself otherwise.',
  })
  name?: string | null;
}
