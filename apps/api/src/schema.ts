import { AppKey } from './dify/apps/app-key.entity.js';
import { App } from './dify/apps/app.entity.js';
import { EndUser } from './dify/end-users/end-user.entity.js';
import { CreateDify1764000005000 } from './migrations/1764000005000-create-dify.js';
import { CreateSettings1764000000000 } from './migrations/1764000000000-create-settings.js';
import { Setting } from './platform/database/setting.entity.js';

/** Every table of the program. */
// One a line, so that two additions never meet.
// prettier-ignore
export const ENTITIES = [
  Setting,
  App,
  AppKey,
  EndUser,
];

/** Every step of the schema, oldest first. */
// prettier-ignore
export const MIGRATIONS = [
  CreateSettings1764000000000,
  CreateDify1764000005000,
];
