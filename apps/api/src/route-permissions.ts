import type { Role, TokenScope } from '@opsagent/contracts';
import { AccessRules, type Access } from './platform/actor/access.js';

/** The least role that has each permission; every role includes the ones before it. */
const LEAST_ROLE = {
  'overview.read': 'viewer',
  'llm_configs.read': 'viewer',
  // Who is no administrator may change only what is their own; the service looks at that.
  'llm_configs.write': 'operator',
  // The service looks at whose they are.
  'jobs.read': 'viewer',
  'jobs.write': 'operator',
  'sessions.read': 'viewer',
  'sessions.write': 'operator',
  'apps.read': 'operator',
  'apps.write': 'admin',
  'master_key.manage': 'admin',
  'audit.read': ['auditor', 'admin'],
  'users.read': ['auditor', 'admin'],
  'users.write': 'admin',
  'diagnostics.export': 'admin',
} as const satisfies Record<string, Role | readonly Role[]>;

type Permission = keyof typeof LEAST_ROLE;

/** The scope that a personal token reads and changes each area with; the others it only reads, or needs all scopes for. */
const SCOPE_OF = {
  llm_configs: 'llm_configs',
  // So far only changes of many configurations run in the background.
  jobs: 'llm_configs',
  sessions: 'sessions',
  apps: 'apps',
  users: 'users',
  master_key: 'settings',
  diagnostics: 'settings',
} as const satisfies Record<string, TokenScope>;

/** What every route of the server needs. A route that is not here keeps the server from starting. */
const ROUTES: Record<string, Extract<Access, 'public' | 'any-user' | 'signed-in' | 'app-key'> | Permission> = {
  'GET /health': 'public',
  'GET /health/live': 'public',
  'GET /health/ready': 'public',

  'GET /openapi.json': 'public',
  'GET /openapi-3.0.json': 'public',

  'GET /api/setup': 'public',
  'POST /api/setup': 'public',
  'POST /api/auth/login': 'public',
  'GET /api/auth/oidc': 'public',
  'GET /api/auth/oidc/callback': 'public',
  'POST /api/auth/invitation': 'public',
  'POST /api/auth/logout': 'signed-in',
  'GET /api/me': 'any-user',
  'PUT /api/me/password': 'signed-in',
  'GET /api/me/sign-ins': 'signed-in',
  'POST /api/me/sign-ins/end-others': 'signed-in',
  'DELETE /api/me/sign-ins/:id': 'signed-in',
  'GET /api/me/totp': 'signed-in',
  'POST /api/me/totp': 'signed-in',
  'POST /api/me/totp/confirm': 'signed-in',
  'POST /api/me/totp/recovery-codes': 'signed-in',
  'DELETE /api/me/totp': 'signed-in',
  'GET /api/tokens': 'signed-in',
  'POST /api/tokens': 'signed-in',
  'DELETE /api/tokens/:id': 'signed-in',

  'GET /api/master-key': 'master_key.manage',
  'POST /api/master-key/rotation': 'master_key.manage',

  'GET /api/roles': 'users.read',
  'GET /api/users': 'users.read',
  'POST /api/users': 'users.write',
  'GET /api/users/:id': 'users.read',
  'PATCH /api/users/:id': 'users.write',
  'POST /api/users/:id/invitation': 'users.write',
  'POST /api/users/:id/sign-out': 'users.write',
  'DELETE /api/users/:id/totp': 'users.write',

  'GET /api/audit': 'audit.read',
  'GET /api/audit/export': 'audit.read',
  'GET /api/audit/:seq': 'audit.read',
  'POST /api/audit/verify': 'audit.read',

  'GET /api/overview': 'overview.read',

  'GET /api/about': 'any-user',
  'GET /api/about/licences': 'any-user',
  'POST /api/about/diagnostics': 'diagnostics.export',

  'GET /api/providers': 'llm_configs.read',
  'GET /api/model-catalogue': 'llm_configs.read',
  // It sends a key to a provider, as a test does.
  'POST /api/providers/:provider/models': 'llm_configs.write',
  'GET /api/llm-configs': 'llm_configs.read',
  'GET /api/llm-configs/providers': 'llm_configs.read',
  'GET /api/llm-configs/active': 'llm_configs.read',
  'GET /api/llm-configs/default': 'llm_configs.read',
  'GET /api/llm-configs/deleted': 'llm_configs.read',
  'GET /api/llm-configs/:id': 'llm_configs.read',
  'GET /api/llm-configs/:id/impact': 'llm_configs.read',
  'POST /api/llm-configs/:id/duplicate': 'llm_configs.write',
  'GET /api/llm-configs/:id/revisions': 'llm_configs.read',
  'POST /api/llm-configs/:id/revisions/:revision_id/restore': 'llm_configs.write',
  'POST /api/llm-configs/:id/restore': 'llm_configs.write',
  // Without keys it is what reading shows; keys go to those who may change them.
  'POST /api/llm-configs/export': 'llm_configs.read',
  'POST /api/llm-configs/import': 'llm_configs.write',
  'POST /api/llm-configs/import/plan': 'llm_configs.write',
  'POST /api/llm-configs/bulk': 'llm_configs.write',
  'POST /api/llm-configs': 'llm_configs.write',
  'PUT /api/llm-configs/:id': 'llm_configs.write',
  'DELETE /api/llm-configs/:id': 'llm_configs.write',
  'POST /api/llm-configs/:id/toggle-status': 'llm_configs.write',
  'POST /api/llm-configs/:id/set-default': 'llm_configs.write',
  'POST /api/llm-configs/test': 'llm_configs.write',
  'POST /api/llm-configs/test/stream': 'llm_configs.write',
  'POST /api/llm-configs/:id/test': 'llm_configs.write',
  'POST /api/llm-configs/:id/test/stream': 'llm_configs.write',
  'GET /api/llm-configs/:id/tests': 'llm_configs.read',

  'GET /api/llm-config-templates': 'llm_configs.read',
  'POST /api/llm-config-templates': 'llm_configs.write',
  'DELETE /api/llm-config-templates/:id': 'llm_configs.write',

  'GET /api/jobs': 'jobs.read',
  'GET /api/jobs/:id': 'jobs.read',
  'POST /api/jobs/:id/cancel': 'jobs.write',
  'POST /api/jobs/:id/undo': 'jobs.write',

  'GET /api/sessions': 'sessions.read',
  'POST /api/sessions': 'sessions.write',
  'GET /api/sessions/:id': 'sessions.read',
  'PATCH /api/sessions/:id': 'sessions.write',
  'DELETE /api/sessions/:id': 'sessions.write',
  'GET /api/sessions/:id/messages': 'sessions.read',
  'POST /api/sessions/:id/messages': 'sessions.write',
  'POST /api/sessions/:id/restore': 'sessions.write',
  'PUT /api/messages/:id/feedback': 'sessions.write',
  'DELETE /api/messages/:id/feedback': 'sessions.write',
  'GET /api/runs/:id/events': 'sessions.read',
  'POST /api/runs/:id/stop': 'sessions.write',

  'GET /api/apps': 'apps.read',
  'POST /api/apps': 'apps.write',
  'GET /api/apps/:id': 'apps.read',
  'PATCH /api/apps/:id': 'apps.write',
  'DELETE /api/apps/:id': 'apps.write',
  'POST /api/apps/:id/restore': 'apps.write',
  'GET /api/apps/:id/keys': 'apps.read',
  'POST /api/apps/:id/keys': 'apps.write',
  'POST /api/apps/:id/keys/:key_id/rotate': 'apps.write',
  'DELETE /api/apps/:id/keys/:key_id': 'apps.write',

  'GET /v1': 'public',
  'GET /v1/parameters': 'app-key',
  'GET /v1/info': 'app-key',
  'GET /v1/meta': 'app-key',
  'GET /v1/site': 'app-key',
  'POST /v1/chat-messages': 'app-key',
  'POST /v1/chat-messages/:task_id/stop': 'app-key',
  'GET /v1/conversations': 'app-key',
  'DELETE /v1/conversations/:conversation_id': 'app-key',
  'POST /v1/conversations/:conversation_id/name': 'app-key',
  'GET /v1/messages': 'app-key',
  'POST /v1/messages/:message_id/feedbacks': 'app-key',
  'GET /v1/messages/:message_id/suggested': 'app-key',
  'GET /v1/app/feedbacks': 'app-key',
  'GET /v1/conversations/:conversation_id/variables': 'app-key',
  'PUT /v1/conversations/:conversation_id/variables/:variable_id': 'app-key',
  'GET /v1/end-users/:end_user_id': 'app-key',
  'POST /v1/completion-messages': 'app-key',
  'POST /v1/completion-messages/:task_id/stop': 'app-key',
  'POST /v1/workflows/run': 'app-key',
  'POST /v1/workflows/:workflow_id/run': 'app-key',
  'POST /v1/workflows/tasks/:task_id/stop': 'app-key',
  'GET /v1/workflows/run/:workflow_run_id': 'app-key',
  'GET /v1/workflows/logs': 'app-key',
  'GET /v1/workflow/:workflow_run_id/events': 'app-key',
  'GET /v1/form/human_input/:form_token': 'app-key',
  'POST /v1/form/human_input/:form_token': 'app-key',
};

export const ACCESS_RULES = new AccessRules(ROUTES, LEAST_ROLE, SCOPE_OF);
