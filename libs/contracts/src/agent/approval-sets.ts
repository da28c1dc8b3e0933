import { oneOfSet, type ValueOf } from '../field/facts.js';

/** How a request for approval can end. `edited`: allowed with other arguments. */
export const APPROVAL_DECISION = oneOfSet('ApprovalDecision', [
  'approved',
  'rejected',
  'edited',
  'expired',
  'cancelled',
]);
export type ApprovalDecision = ValueOf<typeof APPROVAL_DECISION>;

/** Where a request for approval stands. */
export const APPROVAL_STATE = oneOfSet('ApprovalState', ['pending', ...APPROVAL_DECISION.values]);
export type ApprovalState = ValueOf<typeof APPROVAL_STATE>;

/** What became of the action: `unknown` until a person has looked and acknowledges it. */
export const APPROVAL_OUTCOME = oneOfSet('ApprovalOutcome', [
  'not_started',
  'started',
  'finished',
  'unknown',
  'acknowledged',
]);
export type ApprovalOutcome = ValueOf<typeof APPROVAL_OUTCOME>;

/** Which requests to list: those in one state, or those whose outcome nobody knows. */
export const APPROVAL_FILTER = oneOfSet('ApprovalFilter', [...APPROVAL_STATE.values, 'unknown_outcome']);
export type ApprovalFilter = ValueOf<typeof APPROVAL_FILTER>;

/** What an approver can do. */
export const APPROVAL_VERDICT = oneOfSet('ApprovalVerdict', ['approve', 'reject', 'edit']);
export type ApprovalVerdict = ValueOf<typeof APPROVAL_VERDICT>;
