import { Injectable } from '@nestjs/common';
import type { AttentionDto, LlmConfigDto, OverviewDto, RecentChangeDto, Role, SessionDto } from '@opsagent/contracts';
import { RecentChanges } from '../audit/recent-changes.js';
import { ApprovalService, type OpenApprovals } from '../agent/approvals/approval.service.js';
import type { ExpiringKey } from '../dify/apps/app.repository.js';
import { AppKeyService } from '../dify/apps/app-key.service.js';
import { LlmConfigService } from '../llm-config/llm-config.service.js';
import { AccessRules } from '../platform/actor/access.js';
import { CurrentActor } from '../platform/actor/current-actor.js';
import { Clock } from '../platform/clock/clock.js';
import { AnswerFigures } from '../session/answer-figures.repository.js';
import { SessionService } from '../session/session.service.js';
import { attentionOf } from './attention.js';
import { figuresOf, healthOf } from './figures.js';
import { toRecentChangeDto } from './overview.mapper.js';
import { lastDay, lastHour, today, weekBefore } from './spans.js';

const WARN_BEFORE_MS = 14 * 24 * 3_600_000;
const MOST_SESSIONS = 5;
/** Looked through for sessions that answer now, which may be older than the newest. */
const SESSIONS_LOOKED_AT = 50;
const MOST_CHANGES = 5;

/** Who reads the audit log. */
const READS_AUDIT: readonly Role[] = ['admin', 'auditor'];

/** Puts together what an operator should see first. */
@Injectable()
export class OverviewService {
  constructor(
    private readonly answers: AnswerFigures,
    private readonly llmConfigs: LlmConfigService,
    private readonly sessions: SessionService,
    private readonly apps: AppKeyService,
    private readonly approvals: ApprovalService,
    private readonly audit: RecentChanges,
    private readonly actor: CurrentActor,
    private readonly rules: AccessRules,
    private readonly clock: Clock,
  ) {}

  async get(): Promise<OverviewDto> {
    const now = this.clock.now();
    const configs = await this.llmConfigs.listActive();
    const [counts, before, quarters, attention, sessions, changes, hasAnswers] = await Promise.all([
      this.answers.counts(today(now)),
      this.answers.counts(weekBefore(today(now))),
      this.answers.byQuarter(lastDay(now)),
      this.attention(now, configs),
      this.newestSessions(),
      this.changes(),
      this.answers.hasAny(),
    ]);
    return {
      at: now.toISOString(),
      attention,
      figures: figuresOf(counts, before, quarters),
      health: healthOf(configs, quarters),
      sessions,
      changes,
      has_answers: hasAnswers,
    };
  }

  private async attention(now: Date, configs: readonly LlmConfigDto[]): Promise<AttentionDto[]> {
    const [ofLastHour, expiringKeys, approvals] = await Promise.all([
      this.answers.byConfig(lastHour(now)),
      this.expiringKeys(new Date(now.getTime() + WARN_BEFORE_MS)),
      this.openApprovals(),
    ]);
    return attentionOf({ configs, lastHour: ofLastHour, expiringKeys, approvals });
  }

  /** Of no concern to who may not decide them. */
  private async openApprovals(): Promise<OpenApprovals> {
    const mayDecide = this.rules.allows(this.actor.user().role, 'approvals.decide');
    return mayDecide ? this.approvals.open() : { waiting: 0, nextExpiry: null, unknown: 0 };
  }

  /** Of no concern to who may not see the apps. */
  private async expiringKeys(until: Date): Promise<readonly ExpiringKey[]> {
    return this.rules.allows(this.actor.user().role, 'apps.read') ? this.apps.expiring(until) : [];
  }

  private async newestSessions(): Promise<SessionDto[]> {
    const query = { skip: 0, limit: SESSIONS_LOOKED_AT, sort: '-updated_at', archived: false } as const;
    const { items } = await this.sessions.list(query);
    const running = items.filter((session) => session.active_run_id !== null);
    const others = items.filter((session) => session.active_run_id === null);
    return [...running, ...others].slice(0, MOST_SESSIONS);
  }

  private async changes(): Promise<RecentChangeDto[] | null> {
    if (!READS_AUDIT.includes(this.actor.user().role)) return null;
    return (await this.audit.newest(MOST_CHANGES)).map(toRecentChangeDto);
  }
}
