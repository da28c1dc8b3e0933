import { Injectable } from '@nestjs/common';
import type {
  AcknowledgeApprovalDto,
  ApprovalDto,
  ApprovalListDto,
  ApprovalPolicyDto,
  ApprovalQueryDto,
  AuditAction,
  DecideApprovalDto,
} from '@opsagent/contracts';
import { AccessRules } from '../../platform/actor/access.js';
import { type Actor, CurrentActor } from '../../platform/actor/current-actor.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import { InvalidInput } from '../../platform/errors/domain-error.js';
import { valueWithoutSecrets } from '../safety/secrets.js';
import type { AgentTool } from '../tools/agent-tool.js';
import { problemWith } from '../tools/check-input.js';
import { ToolRegistry } from '../tools/tool-registry.js';
import type { Approval } from './approval.entity.js';
import {
  ApprovalChanged,
  ApprovalDecided,
  ApprovalNotFound,
  ApproverIsRequester,
  OutcomeIsKnown,
} from './approval.errors.js';
import { entryOf, toApprovalDto } from './approval.mapper.js';
import { ApprovalPolicy } from './approval-policy.js';
import { ApprovalRepository, type Decision } from './approval.repository.js';
import { ApprovalWatch } from './approval-watch.js';
import { hashOfCall } from './arguments-hash.js';

const DECIDE = 'approvals.decide';
const ACTIONS = {
  approve: 'approval.approve',
  reject: 'approval.reject',
  edit: 'approval.edit',
} as const satisfies Record<string, AuditAction>;
const STATES = { approve: 'approved', reject: 'rejected', edit: 'edited' } as const;

/** What waits for an approver. */
export interface OpenApprovals {
  readonly waiting: number;
  /** When the first of them is over. */
  readonly nextExpiry: Date | null;
  /** Actions whose outcome nobody has looked at. */
  readonly unknown: number;
}

/** Requests for approval, as people see and decide them. */
@Injectable()
export class ApprovalService {
  constructor(
    private readonly repository: ApprovalRepository,
    private readonly policy: ApprovalPolicy,
    private readonly watch: ApprovalWatch,
    private readonly registry: ToolRegistry,
    private readonly rules: AccessRules,
    private readonly actor: CurrentActor,
    private readonly audit: AuditLog,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async list({ state, mine, session_id: sessionId, skip, limit }: ApprovalQueryDto): Promise<ApprovalListDto> {
    const me = this.actor.user();
    const requestedById = mine === true || !this.seesAll(me) ? me.userId : undefined;
    const { allows_requester } = await this.policy.get();
    const [found, total] = await this.repository.page({ state, requestedById, sessionId, skip, limit });
    return {
      items: found.map((approval) => toApprovalDto(approval, this.mayDecide(approval, allows_requester))),
      total,
    };
  }

  /** Those of everybody. */
  open(): Promise<OpenApprovals> {
    return this.repository.open(this.clock.now());
  }

  /** @throws ApprovalNotFound */
  async get(id: string): Promise<ApprovalDto> {
    const { allows_requester } = await this.policy.get();
    const approval = await this.visible(id);
    return toApprovalDto(approval, this.mayDecide(approval, allows_requester));
  }

  /** @throws ApprovalNotFound, ApprovalChanged, ApprovalDecided, ApproverIsRequester, InvalidInput */
  async decide(id: string, input: DecideApprovalDto): Promise<ApprovalDto> {
    const approval = await this.visible(id);
    const me = this.actor.user();
    const { allows_requester } = await this.policy.get();
    // Anybody may reject what their own question led to.
    if (!allows_requester && input.decision !== 'reject' && approval.requestedById === me.userId)
      throw new ApproverIsRequester();
    if (approval.state === 'pending' && approval.argumentsHash !== input.arguments_hash) throw new ApprovalChanged();
    const decision = await this.decisionOf(approval, input, me);
    await this.database.transaction(async () => {
      if (!(await this.repository.decide(id, input.arguments_hash, this.clock.now(), decision))) await this.refuse(id);
      const more = { decision: input.decision, reason: input.reason ?? null };
      await this.audit.record(entryOf(ACTIONS[input.decision], { ...approval, ...decision }, more));
    });
    await this.watch.tell(id);
    return this.get(id);
  }

  /** @throws ApprovalNotFound, OutcomeIsKnown */
  async acknowledge(id: string, { note }: AcknowledgeApprovalDto): Promise<ApprovalDto> {
    const approval = await this.visible(id);
    const { userId: acknowledgedById, name: acknowledgedBy } = this.actor.user();
    const by = { acknowledgedById, acknowledgedBy, acknowledgedAt: this.clock.now(), acknowledgeNote: note };
    await this.database.transaction(async () => {
      if (!(await this.repository.acknowledge(id, by))) throw new OutcomeIsKnown();
      await this.audit.record(entryOf('approval.acknowledge', approval, { note }));
    });
    return this.get(id);
  }

  readPolicy(): Promise<ApprovalPolicyDto> {
    return this.policy.get();
  }

  setPolicy(input: ApprovalPolicyDto): Promise<ApprovalPolicyDto> {
    return this.policy.set(input);
  }

  private async decisionOf(approval: Approval, input: DecideApprovalDto, me: User): Promise<Decision> {
    const decision: Decision = {
      state: STATES[input.decision],
      ...{ decidedById: me.userId, decidedBy: me.name, decidedAt: this.clock.now() },
      decisionReason: input.reason?.trim() || null,
    };
    return input.decision === 'edit' ? { ...decision, ...(await this.edited(approval, input.arguments)) } : decision;
  }

  /** Other arguments are looked at like those of the model. @throws InvalidInput */
  private async edited(approval: Approval, text: string | undefined): Promise<Partial<Decision>> {
    const tool = this.registry.find(approval.tool);
    if (!tool) throw wrong(`There is no tool named ${approval.tool} any more.`);
    const input = checked(tool, text);
    const words = await wordsFor(tool, input, approval.environment);
    const risk = tool.riskOf?.(input) ?? tool.risk;
    const { target, summary, preview = null, rollback = null, environment = approval.environment } = words;
    const { tool: name, runId, arguments: originalArguments } = approval;
    const argumentsHash = hashOfCall({ tool: name, arguments: text ?? '', target, runId });
    return {
      arguments: text ?? '',
      originalArguments,
      argumentsHash,
      target,
      summary,
      preview,
      rollback,
      environment,
      risk,
    };
  }

  /** @throws ApprovalDecided, ApprovalChanged */
  private async refuse(id: string): Promise<never> {
    const now = await this.repository.find(id);
    if (now === null) throw new ApprovalNotFound();
    if (now.state !== 'pending') throw new ApprovalDecided(now.state, now.decidedBy);
    if (now.expiresAt <= this.clock.now()) throw new ApprovalDecided('expired', null);
    throw new ApprovalChanged();
  }

  /** @throws ApprovalNotFound also for those of others, of whoever may not decide */
  private async visible(id: string): Promise<Approval> {
    const me = this.actor.user();
    const approval = await this.repository.find(id);
    if (!approval || (!this.seesAll(me) && approval.requestedById !== me.userId)) throw new ApprovalNotFound();
    return approval;
  }

  private seesAll(me: User): boolean {
    return this.rules.allows(me.role, DECIDE);
  }

  private mayDecide({ state, expiresAt, requestedById }: Approval, allowsRequester: boolean): boolean {
    const me = this.actor.user();
    if (state !== 'pending' || expiresAt <= this.clock.now() || !this.rules.permits(me, DECIDE)) return false;
    return allowsRequester || requestedById !== me.userId;
  }
}

type User = Extract<Actor, { kind: 'user' }>;

/** @throws InvalidInput */
function checked(tool: AgentTool, text: string | undefined): unknown {
  if (text === undefined) throw wrong('arguments is required to edit.');
  const input = parsed(text);
  const problem = problemWith(input, tool.parameters);
  if (problem !== undefined) throw wrong(`The arguments do not fit the tool: ${problem}.`);
  if (JSON.stringify(valueWithoutSecrets(input)) !== JSON.stringify(input))
    throw wrong('The arguments hold what looks like a secret; name a registered source instead.');
  return input;
}

async function wordsFor(tool: AgentTool, input: unknown, environment: string | null) {
  try {
    if (!tool.describe) throw new Error(`${tool.name} is never asked for.`);
    return await tool.describe(input, { environment });
  } catch (error) {
    throw wrong(`This cannot be allowed: ${(error as Error).message}`);
  }
}

/** @throws InvalidInput */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw wrong('arguments is not valid JSON.');
  }
}

function wrong(message: string): InvalidInput {
  return new InvalidInput([{ field: 'arguments', message }]);
}
