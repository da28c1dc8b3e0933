import type { LimitKind, LimitWarningDto, Role } from '@opsagent/contracts';

/** Whose limits count. */
export interface LimitSubject {
  readonly kind: Exclude<LimitKind, 'role'>;
  readonly id: string;
  /** Of a user. */
  readonly role?: Role | undefined;
}

/** Counts requests against the limits that are set. */
export abstract class RequestLimits {
  /**
   * Counts one request for each of these; at once, and without a look at the database, where none is limited.
   * @param access what the route needs
   * @throws TooManyRequests
   */
  abstract take(subjects: readonly LimitSubject[], access: string): Promise<void> | void;
}

/** Who asks something, and who is to answer it. */
export interface TurnClaim {
  readonly runId: string;
  readonly owner: { readonly userId: string } | { readonly appId: string };
  readonly llmConfigId: string;
}

/** Who has a model called outside a turn, and which; null for a configuration that is not stored. */
export interface CallClaim {
  readonly owner: TurnClaim['owner'];
  readonly llmConfigId: string | null;
}

/** A turn that may run. */
export interface TurnAdmission {
  /** The budget of which least is left, if it is so little that somebody should know. */
  readonly warning: LimitWarningDto | null;
  /** Makes room for another turn; never rejects. */
  release(): Promise<void> | void;
}

/** What an answer used, of the configuration that really answered. */
export interface AnswerUse extends CallClaim {
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** Null when it is not known. */
  readonly cost: { readonly total: string; readonly currency: string } | null;
}

/** Lets turns run or not, and counts what they use. */
export abstract class TurnLimits {
  /**
   * Asked before a model is called; answers at once where nothing is limited but budgets.
   * @throws TooManyRequests, TooManyRuns, BudgetSpent
   */
  abstract admit(claim: TurnClaim): Promise<TurnAdmission> | TurnAdmission;

  /** Asked before a model is called outside a turn; answers from memory. @throws BudgetSpent */
  abstract requireBudget(claim: CallClaim): void;

  /** Whether a configuration has no budget left: a chain passes it over. */
  abstract isSpent(llmConfigId: string): boolean;

  /** Notes what an answer used, that of a turn or of a call outside one; waits for nothing. */
  abstract used(use: AnswerUse): void;
}
