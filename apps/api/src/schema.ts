import { CreateSettings1764000000000 } from './migrations/1764000000000-create-settings.js';
import { Setting } from './platform/database/setting.entity.js';

/** Every table of the program. */
// prettier-ignore -- one a line, so that two additions never meet
export const ENTITIES = [Setting];

/** Every step of the schema, oldest first. */
// prettier-ignore -- one a line, so that two additions never meet
export const MIGRATIONS = [CreateSettings1764000000000];
