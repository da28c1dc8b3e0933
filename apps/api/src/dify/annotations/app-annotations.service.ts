import { Injectable } from '@nestjs/common';
import type {
  AnnotationDto,
  AnnotationInputDto,
  AnnotationListDto,
  AnnotationQueryDto,
  AnnotationReplyDto,
  JobDto,
} from '@opsagent/contracts';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { AppRepository } from '../apps/app.repository.js';
import { AppRules } from '../apps/app-rules.js';
import type { Annotation } from './annotation.entity.js';
import { AnnotationReplyJobs } from './annotation-reply-jobs.js';
import { AnnotationService } from './annotation.service.js';

/** An entry names it by the beginning of its question. */
const LONGEST_NAME = 100;

/** The annotations of an app for the people who look after it; what they change stands in the audit log. */
@Injectable()
export class AppAnnotations {
  constructor(
    private readonly apps: AppRepository,
    private readonly rules: AppRules,
    private readonly annotations: AnnotationService,
    private readonly jobs: AnnotationReplyJobs,
    private readonly auditLog: AuditLog,
  ) {}

  /** @throws AppNotFound */
  async list(appId: string, { skip, limit, search }: AnnotationQueryDto): Promise<AnnotationListDto> {
    const app = await this.apps.getById(appId);
    const [items, total] = await this.annotations.list(app, { skip, limit, keyword: search.trim() });
    return { items: items.map(toDto), total };
  }

  /** @throws AppNotFound, InvalidInput */
  async create(appId: string, { question, answer }: AnnotationInputDto): Promise<AnnotationDto> {
    const app = await this.apps.getById(appId);
    return toDto(await this.annotations.create(app, { question, answer }, this.record));
  }

  /** @throws AppNotFound, AnnotationNotFound */
  async update(appId: string, id: string, { question, answer }: AnnotationInputDto): Promise<AnnotationDto> {
    const app = await this.apps.getById(appId);
    return toDto(await this.annotations.update(app, id, { question, answer }, this.record));
  }

  /** @throws AppNotFound, AnnotationNotFound */
  async delete(appId: string, id: string): Promise<void> {
    await this.annotations.delete(await this.apps.getById(appId), id, this.record);
  }

  /** Switched on only when every question has its vector, as a job. @throws AppNotFound, InvalidInput */
  async switchReply(appId: string, reply: AnnotationReplyDto): Promise<JobDto> {
    const app = await this.apps.getById(appId);
    await this.rules.check({ annotation_reply: reply });
    const { enabled, score_threshold, llm_config_id } = reply;
    const settings = { score_threshold, llm_config_id };
    return enabled ? this.jobs.enable(app, settings) : this.jobs.disable(app, settings);
  }

  private readonly record = async (before: Annotation | null, after: Annotation | null): Promise<void> => {
    const about = after ?? before;
    if (!about) return;
    const action = !before ? 'annotation.create' : after ? 'annotation.update' : 'annotation.delete';
    const targetName = about.question.slice(0, LONGEST_NAME).toWellFormed();
    const target = { targetType: 'annotation', targetId: about.id, targetName };
    await this.auditLog.record({
      ...{ action, ...target },
      ...(before && { before: factsOf(before) }),
      ...(after && { after: factsOf(after) }),
    });
  };
}

function factsOf({ appId, question, answer }: Annotation): Record<string, unknown> {
  return { app_id: appId, question, answer };
}

function toDto({ id, question, answer, hitCount, createdAt }: Annotation): AnnotationDto {
  return { id, question, answer, hit_count: hitCount, created_at: createdAt.toISOString() };
}
