import { CreateSettings1764000000000 } from './migrations/1764000000000-create-settings.js';
import { Setting } from './platform/database/setting.entity.js';

/** Every table of the program. */
// One a line, so that two additions never meet.
// prettier-ignore
export const ENTITIES = [
  Setting,
];

/** Every step of the schema, oldest first. */
// prettier-ignore
export const MIGRATIONS = [
  CreateSettings1764000000000,
];
