import { oneOfSet, type ValueOf } from '../field/facts.js';

/** Systems that tools reach. */
export const TOOL_SOURCE_KIND = oneOfSet('ToolSourceKind', [
  'prometheus',
  'alertmanager',
  'log_files',
  'journal',
  'loki',
  'elasticsearch',
  'ssh',
  'postgresql',
  'mysql',
  'kubernetes',
]);
export type ToolSourceKind = ValueOf<typeof TOOL_SOURCE_KIND>;

/** What a source may be asked to say about itself; which of them a kind has is told by its facts. */
export const TOOL_SOURCE_SETTING = oneOfSet('ToolSourceSetting', [
  'url',
  'host',
  'port',
  'database',
  'username',
  'paths',
  'tls',
  'host_key',
  'action_username',
]);
export type ToolSourceSetting = ValueOf<typeof TOOL_SOURCE_SETTING>;

/** Secrets of a source. */
export const TOOL_SOURCE_SECRET = oneOfSet('ToolSourceSecret', ['password', 'token', 'private_key', 'action_password']);
export type ToolSourceSecret = ValueOf<typeof TOOL_SOURCE_SECRET>;

/** How a connection to a source is secured. */
export const TOOL_SOURCE_TLS = oneOfSet('ToolSourceTls', ['off', 'verify', 'skip_verify']);
export type ToolSourceTls = ValueOf<typeof TOOL_SOURCE_TLS>;

/** Why a source did not pass its test. */
export const TOOL_SOURCE_FAULT = oneOfSet('ToolSourceFault', [
  'address_refused',
  'unreachable',
  'timeout',
  'tls',
  'authentication',
  'host_key',
  'wrong_service',
  'failed',
]);
export type ToolSourceFault = ValueOf<typeof TOOL_SOURCE_FAULT>;
