/** The closed sets alone: importing them costs the browser nothing but their own text. */
export { oneOfSet, type ClosedSet, type ValueOf } from './field/facts.js';
export { LLM_PROVIDER, type LlmProvider } from './llm-config/llm-provider.js';
export { AUDIT_ACTION, type AuditAction } from './audit/audit-action.js';
export { FAULT_KIND, type FaultKind } from './problem/fault-kind.js';
export { FEEDBACK_RATING, type FeedbackRating } from './session/feedback-rating.js';
export {
  TEST_CAUSE,
  TEST_REMEDY,
  TEST_STAGE,
  TEST_STEP_STATE,
  type TestCause,
  type TestRemedy,
  type TestStage,
  type TestStepState,
} from './llm-config/test-ladder.js';
export { LIMIT_KIND, LIMIT_NAME, type LimitKind, type LimitName } from './limits/limit-kind.js';
export { ROLE, type Role } from './identity/role.js';
export { TOKEN_SCOPE, type TokenScope } from './identity/token-scope.js';
export { OIDC_FAILURE, type OidcFailure } from './identity/oidc-failure.js';
export {
  APP_MODE,
  DANGEROUS_CALLS,
  FILE_KIND,
  FILE_TRANSFER,
  INPUT_CONTROL,
  type AppMode,
  type DangerousCalls,
  type FileKind,
  type FileTransfer,
  type InputControl,
} from './app/app-sets.js';
export {
  APPROVAL_DECISION,
  APPROVAL_FILTER,
  APPROVAL_OUTCOME,
  APPROVAL_STATE,
  APPROVAL_VERDICT,
  type ApprovalDecision,
  type ApprovalFilter,
  type ApprovalOutcome,
  type ApprovalState,
  type ApprovalVerdict,
} from './agent/approval-sets.js';
export { RUNBOOK_OUTCOME, RUNBOOK_SORT, type RunbookOutcome, type RunbookSort } from './runbook/runbook-sets.js';
export { TOOL_SOURCE_TLS, type ToolSourceTls } from './tool-source/tool-source-sets.js';
export {
  MCP_FAULT,
  MCP_TOOL_STATE,
  MCP_TRANSPORT,
  type McpFault,
  type McpToolState,
  type McpTransport,
} from './mcp/mcp-sets.js';
