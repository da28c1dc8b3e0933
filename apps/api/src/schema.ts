import { Approval } from './agent/approvals/approval.entity.js';
import { Artifact, ArtifactChunk } from './agent/artifacts/artifact.entity.js';
import { AuditHead } from './audit/audit-head.entity.js';
import { AuditLogEntry } from './audit/audit-entry.entity.js';
import { Runbook } from './agent/runbooks/runbook.entity.js';
import { RunbookSection } from './agent/runbooks/search/runbook-section.entity.js';
import { McpServer } from './agent/mcp/mcp-server.entity.js';
import { ToolSource } from './agent/sources/tool-source.entity.js';
import { Annotation } from './dify/annotations/annotation.entity.js';
import { AppKey } from './dify/apps/app-key.entity.js';
import { App } from './dify/apps/app.entity.js';
import { EndUser } from './dify/end-users/end-user.entity.js';
import { Invitation } from './identity/invitation.entity.js';
import { SignIn } from './identity/sign-in.entity.js';
import { RecoveryCode } from './identity/two-factor/recovery-code.entity.js';
import { UserTotp } from './identity/two-factor/user-totp.entity.js';
import { UserIdentity } from './identity/oidc/user-identity.entity.js';
import { UserToken } from './identity/user-token.entity.js';
import { User } from './identity/user.entity.js';
import { LlmConfigRevision } from './llm-config/revisions/llm-config-revision.entity.js';
import { LlmConfigTemplate } from './llm-config/templates/llm-config-template.entity.js';
import { LlmConfigTest } from './llm-config/testing/llm-config-test.entity.js';
import { LlmConfigOptions } from './llm-config/llm-config-options.entity.js';
import { LlmConfig } from './llm-config/llm-config.entity.js';
import { Limit } from './limits/limit.entity.js';
import { CreateLimits1764000034000 } from './migrations/1764000034000-create-limits.js';
import { CreateSettings1764000000000 } from './migrations/1764000000000-create-settings.js';
import { CreateIdentity1764000001000 } from './migrations/1764000001000-create-identity.js';
import { CreateAuditLog1764000002000 } from './migrations/1764000002000-create-audit-log.js';
import { CreateLlmConfig1764000003000 } from './migrations/1764000003000-create-llm-config.js';
import { CreateSession1764000004000 } from './migrations/1764000004000-create-session.js';
import { CreateDify1764000005000 } from './migrations/1764000005000-create-dify.js';
import { AddSessionVersions1764000006000 } from './migrations/1764000006000-add-session-versions.js';
import { IndexFigures1764000007000 } from './migrations/1764000007000-index-figures.js';
import { CreateLlmConfigManagement1764000008000 } from './migrations/1764000008000-create-llm-config-management.js';
import { AddAppSettings1764000041000 } from './migrations/1764000041000-add-app-settings.js';
import { SuggestQuestions1764000043000 } from './migrations/1764000043000-suggest-questions.js';
import { CreateAnnotations1764000044000 } from './migrations/1764000044000-create-annotations.js';
import { NameUsers1764000046000 } from './migrations/1764000046000-name-users.js';
import { ChooseSessionTools1764000058000 } from './migrations/1764000058000-choose-session-tools.js';
import { CreateToolSources1764000052000 } from './migrations/1764000052000-create-tool-sources.js';
import { CreateRunbooks1764000061000 } from './migrations/1764000061000-create-runbooks.js';
import { CreateMcpServers1764000062000 } from './migrations/1764000062000-create-mcp-servers.js';
import { CreateRateLimits1764000022000 } from './migrations/1764000022000-create-rate-limits.js';
import { ScopeUserTokens1764000032000 } from './migrations/1764000032000-scope-user-tokens.js';
import { CreateInvitations1764000021000 } from './migrations/1764000021000-create-invitations.js';
import { ChainAuditLog1764000020000 } from './migrations/1764000020000-chain-audit-log.js';
import { SealingAnewIsNoUpdate1764000009000 } from './migrations/1764000009000-sealing-anew-is-no-update.js';
import { AddSecretHeaders1764000010000 } from './migrations/1764000010000-add-secret-headers.js';
import { CreateTwoFactor1764000030000 } from './migrations/1764000030000-create-two-factor.js';
import { CreateUserIdentities1764000031000 } from './migrations/1764000031000-create-user-identities.js';
import { IndexAuditLog1764000047000 } from './migrations/1764000047000-index-audit-log.js';
import { CreateFiles1764000042000 } from './migrations/1764000042000-create-files.js';
import { CreateApprovals1764000051000 } from './migrations/1764000051000-create-approvals.js';
import { LimitLlmConfigs1764000033000 } from './migrations/1764000033000-limit-llm-configs.js';
import { Setting } from './platform/database/setting.entity.js';
import { JobItemRow, JobRow } from './platform/jobs/job.entity.js';
import { AgentStep } from './session/agent-step.entity.js';
import { MessageFeedback } from './session/message-feedback.entity.js';
import { FileChunk } from './session/files/file-chunk.entity.js';
import { MessageFile } from './session/files/message-file.entity.js';
import { StoredFile } from './session/files/stored-file.entity.js';
import { Message } from './session/message.entity.js';
import { RunEventsRow, RunRow } from './session/run.entity.js';
import { Session } from './session/session.entity.js';

/** Every table of the program. */
// One a line, so that two additions never meet.
// prettier-ignore
export const ENTITIES = [
  Setting,
  JobRow,
  JobItemRow,
  User,
  Invitation,
  SignIn,
  UserIdentity,
  UserToken,
  UserTotp,
  RecoveryCode,
  AuditHead,
  AuditLogEntry,
  LlmConfig,
  LlmConfigOptions,
  LlmConfigRevision,
  LlmConfigTemplate,
  LlmConfigTest,
  Session,
  Message,
  AgentStep,
  Approval,
  Artifact,
  ArtifactChunk,
  MessageFeedback,
  StoredFile,
  FileChunk,
  MessageFile,
  RunRow,
  RunEventsRow,
  App,
  AppKey,
  EndUser,
  Limit,
  Annotation,
  ToolSource,
  Runbook,
  RunbookSection,
  McpServer,
];

/** Every step of the schema, oldest first. */
// prettier-ignore
export const MIGRATIONS = [
  CreateSettings1764000000000,
  CreateIdentity1764000001000,
  CreateAuditLog1764000002000,
  CreateLlmConfig1764000003000,
  CreateSession1764000004000,
  CreateDify1764000005000,
  AddSessionVersions1764000006000,
  IndexFigures1764000007000,
  CreateLlmConfigManagement1764000008000,
  SealingAnewIsNoUpdate1764000009000,
  AddSecretHeaders1764000010000,
  ChainAuditLog1764000020000,
  CreateInvitations1764000021000,
  CreateRateLimits1764000022000,
  CreateTwoFactor1764000030000,
  CreateUserIdentities1764000031000,
  ScopeUserTokens1764000032000,
  LimitLlmConfigs1764000033000,
  CreateLimits1764000034000,
  AddAppSettings1764000041000,
  CreateFiles1764000042000,
  SuggestQuestions1764000043000,
  CreateAnnotations1764000044000,
  NameUsers1764000046000,
  IndexAuditLog1764000047000,
  CreateApprovals1764000051000,
  CreateToolSources1764000052000,
  ChooseSessionTools1764000058000,
  CreateRunbooks1764000061000,
  CreateMcpServers1764000062000,
];
