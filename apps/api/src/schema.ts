import { AgentStep } from './session/agent-step.entity.js';
import { Message } from './session/message.entity.js';
import { RunEventsRow, RunRow } from './session/run.entity.js';
import { Session } from './session/session.entity.js';
import { CreateSession1764000004000 } from './migrations/1764000004000-create-session.js';
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
  Session,
  Message,
  AgentStep,
  RunRow,
  RunEventsRow,
];

/** Every step of the schema, oldest first. */
// prettier-ignore
export const MIGRATIONS = [
  CreateSettings1764000000000,
  CreateSession1764000004000,
  CreateDify1764000005000,
];
