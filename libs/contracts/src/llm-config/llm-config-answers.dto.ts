import { Flag, Text } from '../field/fields.js';

/** The answer to switching a configuration on or off. */
export class LlmConfigStatusDto {
  @Text({ description: 'What happened.' })
  message!: string;

  @Flag({ description: 'Whether it is active now.' })
  is_active!: boolean;
}

/** The answer to making a configuration the default. */
export class LlmConfigDefaultDto {
  @Text({ description: 'What happened.' })
  message!: string;

  @Flag({ description: 'Whether it is the default now.' })
  is_default!: boolean;
}
