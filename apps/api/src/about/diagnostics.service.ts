import { Injectable } from '@nestjs/common';
import type { DiagnosticsDto, DiagnosticsHealthDto } from '@opsagent/contracts';
import { AuditLog } from '../platform/audit/audit-log.js';
import { Clock } from '../platform/clock/clock.js';
import { Environment } from '../platform/config/environment.js';
import { AnswerFigures } from '../session/answer-figures.repository.js';
import { AboutService } from './about.service.js';
import { DatabaseFacts } from './database-facts.repository.js';
import { toldSettings } from './told-settings.js';

const DAY_MS = 24 * 3_600_000;

/** Gathers what helps somebody who helps; that it was made stands in the audit log. */
@Injectable()
export class DiagnosticsService {
  constructor(
    private readonly about: AboutService,
    private readonly database: DatabaseFacts,
    private readonly answers: AnswerFigures,
    private readonly environment: Environment,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  async gather(): Promise<DiagnosticsDto> {
    const at = this.clock.now();
    const diagnostics: DiagnosticsDto = {
      at: at.toISOString(),
      about: await this.about.get(),
      settings: toldSettings(this.environment),
      rows: await this.database.rowsByTable(),
      health: await this.health(),
      failures: await this.answers.failuresByKind({ from: new Date(at.getTime() - DAY_MS), to: at }),
    };
    const target = { targetType: 'diagnostics', targetId: null, targetName: null };
    await this.audit.record({ action: 'diagnostics.export', ...target });
    return diagnostics;
  }

  private async health(): Promise<DiagnosticsHealthDto> {
    const asked = performance.now();
    await this.database.server();
    return { database_ms: Math.round((performance.now() - asked) * 10) / 10, memory_bytes: process.memoryUsage.rss() };
  }
}
