import type { SameKeys } from '../../shared/i18n/texts.js';
import type { zhCn } from './zh-cn.js';

export const en: SameKeys<typeof zhCn> = {
  intro: 'What runs here, whether it is well, and the licences of what it contains.',
  version: 'Version',
  node: 'Node.js',
  postgres: 'PostgreSQL',
  databaseRole: 'Database rights',
  databaseRoles: {
    separate: 'Works under a role of its own that owns no table',
    owner: 'Works as the owner of the tables; a login that may create roles is safer',
  },
  masterKey: 'Master key',
  masterKeyPlaces: { file: 'Kept in the data folder', environment: 'Given by the environment' },
  environment: 'Environment label',
  noEnvironment: 'Not set',
  startedAt: 'Started',
  health: 'Health',
  healthy: 'The server is well and the database answers.',
  check: 'Check again',
  docs: 'Documents and licences',
  apiReference: 'API reference',
  licences: 'Licences of what it contains',
  licencesCount: '{{count}} packages. OpsAgent itself is under the MIT licence.',
  package: 'Package',
  licence: 'Licence',
  diagnostics: {
    title: 'Diagnostics',
    text: 'A JSON file for whoever helps with a problem: versions, the settings that may be told of (of keys, paths and addresses only whether they are set), rows of each table, health, and the kinds of failures of the last 24 hours. Nothing of any conversation is in it. Every download stands in the audit log.',
    download: 'Download diagnostics',
    needsAdmin: 'Downloading diagnostics needs the role “Administrator”.',
  },
};
