import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { ToolRisk } from '@opsagent/contracts';
import { CurrentActor } from '../../platform/actor/current-actor.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import type { CallInWords, ToolContext, ToolLabel } from '../tools/agent-tool.js';
import { Approval } from './approval.entity.js';
import { entryOf } from './approval.mapper.js';
import { ApprovalPolicy } from './approval-policy.js';
import { ApprovalRepository } from './approval.repository.js';
import { ApprovalWatch } from './approval-watch.js';
import { hashOfCall } from './arguments-hash.js';

/** A call that has to be allowed. */
export interface AskedCall {
  readonly facts: Omit<ToolContext, 'signal' | 'emit'>;
  readonly tool: string;
  readonly label: ToolLabel;
  /** JSON text. */
  readonly arguments: string;
  readonly risk: ToolRisk;
  readonly words: CallInWords;
  /** In the model's words. */
  readonly reason: string;
}

/** Where the agent asks for approvals, and keeps the journal of what it did with them. */
@Injectable()
export class ApprovalDesk {
  constructor(
    private readonly repository: ApprovalRepository,
    private readonly watch: ApprovalWatch,
    private readonly policy: ApprovalPolicy,
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly actor: CurrentActor,
    private readonly clock: Clock,
  ) {}

  /** The requests for these calls, not stored yet. */
  async prepare(calls: readonly AskedCall[]): Promise<Approval[]> {
    const { expires_after_minutes } = await this.policy.get();
    const createdAt = this.clock.now();
    const expiresAt = new Date(createdAt.getTime() + expires_after_minutes * 60_000);
    return calls.map((call) => ({ ...this.requestOf(call), createdAt, expiresAt }));
  }

  /** Called inside the transaction that lets the run wait. */
  async store(approvals: readonly Approval[]): Promise<void> {
    await this.repository.insert(approvals);
    for (const approval of approvals) await this.audit.record(entryOf('approval.request', approval));
  }

  /** Resolves once it is decided, or its time is over. @throws the reason of `signal` */
  decided(id: string, signal: AbortSignal): Promise<Approval> {
    return this.watch.decided(id, signal);
  }

  ofRun(runId: string): Promise<Approval[]> {
    return this.repository.ofRun(runId);
  }

  /** Committed before the action begins. @returns false when somebody has begun it already */
  begin(id: string): Promise<boolean> {
    return this.repository.setOutcome(id, 'not_started', 'started');
  }

  /** The action came to its end, whatever that was. */
  async finish(id: string): Promise<void> {
    await this.repository.setOutcome(id, 'started', 'finished');
  }

  /** Nobody can say how far the action came: a person has to look. */
  async loseTrack(id: string): Promise<void> {
    await this.repository.setOutcome(id, 'started', 'unknown');
  }

  /** A run is over: what still waits cannot be decided any more, what was under way is unknown. @returns the latter */
  abandon(runId: string): Promise<Approval[]> {
    return this.database.transaction(async () => {
      for (const approval of await this.repository.cancel(runId))
        await this.audit.record(entryOf('approval.cancel', approval));
      const begun = (await this.repository.ofRun(runId)).filter(({ outcome }) => outcome === 'started');
      for (const { id } of begun) await this.loseTrack(id);
      return begun;
    });
  }

  private requestOf(call: AskedCall): Omit<Approval, 'createdAt' | 'expiresAt'> {
    const { facts, tool, label, risk, words, reason } = call;
    const { runId, messageId, sessionId, stepId } = facts;
    const { target, summary, preview = null, rollback = null } = words;
    return {
      ...{ id: randomUUID(), runId, messageId, sessionId, stepId, tool, label, risk, reason },
      ...{ target, summary, preview, rollback, environment: words.environment ?? facts.environment },
      ...{ arguments: call.arguments, originalArguments: null },
      argumentsHash: hashOfCall({ tool, arguments: call.arguments, target, runId }),
      ...this.requester(facts.user),
      ...{ state: 'pending', outcome: 'not_started' },
      ...{ decidedById: null, decidedBy: null, decidedAt: null, decisionReason: null },
      ...{ acknowledgedById: null, acknowledgedBy: null, acknowledgedAt: null, acknowledgeNote: null },
    };
  }

  private requester(user: ToolContext['user']): Pick<Approval, 'requestedById' | 'requestedBy'> {
    if (!('userId' in user)) return { requestedById: null, requestedBy: null };
    const actor = this.actor.get();
    const isTheirs = actor.kind === 'user' && actor.userId === user.userId;
    return { requestedById: user.userId, requestedBy: isTheirs ? actor.name : null };
  }
}
