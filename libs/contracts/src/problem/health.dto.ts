import { Text } from '../field/fields.js';

/** Whether the server is well. */
export class HealthDto {
  @Text({ description: 'Always "ok"; anything else is an error.', example: 'ok' })
  status!: string;
}
