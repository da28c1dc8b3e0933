import { Injectable } from '@nestjs/common';
import type { AnnotationReplyDto, JobDto } from '@opsagent/contracts';
import { type EmbeddingModel, Embeddings } from '../../llm-config/embeddings.js';
import type { JobItem, JobOutcome } from '../../platform/jobs/job-work.js';
import { failedBy } from '../../platform/jobs/job-failure.js';
import { JobNotFound } from '../../platform/jobs/job.errors.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import type { App } from '../apps/app.entity.js';
import { AppService } from '../apps/app.service.js';
import { AnnotationRepository, type Question } from './annotation.repository.js';
import { AnnotationVectors, inParts } from './annotation-vectors.js';

export type AnnotationReplyAction = 'enable' | 'disable';

/** Some questions to make vectors of, or, at the end, the app that is to be switched. */
interface Step extends JobItem {
  readonly questions: readonly Question[];
}

const KIND = 'annotation_reply';

/** Switches the replies of annotations on and off in the background: on only when every question has its vector. */
@Injectable()
export class AnnotationReplyJobs {
  constructor(
    private readonly jobs: Jobs,
    private readonly apps: AppService,
    private readonly repository: AnnotationRepository,
    private readonly vectors: AnnotationVectors,
    private readonly embeddings: Embeddings,
  ) {}

  /** Null when there is no such configuration that is active and for everybody. */
  findConfig(providerName: string, modelName: string): Promise<string | null> {
    return this.embeddings.find(providerName, modelName);
  }

  /** One that is under way already is answered instead of a second one, as Dify does. */
  async enable(app: App, settings: Omit<AnnotationReplyDto, 'enabled'>): Promise<JobDto> {
    const underWay = await this.jobs.underWay(KIND, 'enable', app.id);
    if (underWay) return underWay;
    const { llm_config_id: configId } = settings;
    const model = configId === null ? null : await this.embeddings.open(configId, { appId: app.id });
    const missing = model ? await this.repository.questionsWithout(app.id, model.space) : [];
    const steps = inParts(missing).map((questions, part) => ({ targetId: null, name: `Part ${part + 1}`, questions }));
    return this.start(app, 'enable', { ...settings, enabled: true }, steps, model);
  }

  disable(app: App, settings: Omit<AnnotationReplyDto, 'enabled'>): Promise<JobDto> {
    return this.start(app, 'disable', { ...settings, enabled: false }, [], null);
  }

  /** @throws JobNotFound also for one of another app or action */
  async get(app: App, action: AnnotationReplyAction, jobId: string): Promise<JobDto> {
    const job = await this.jobs.dtoOf(jobId);
    const isOfApp = job.kind === KIND && job.action === action && job.items.at(-1)?.target_id === app.id;
    if (!isOfApp) throw new JobNotFound();
    return job;
  }

  private start(
    app: App,
    action: AnnotationReplyAction,
    settings: AnnotationReplyDto,
    steps: readonly Step[],
    model: EmbeddingModel | null,
  ): Promise<JobDto> {
    let hasFailed = false;
    const run = async ([step]: readonly Step[], signal: AbortSignal): Promise<JobOutcome[]> => {
      if (hasFailed || !step) return [{ state: 'skipped' }];
      try {
        if (step.targetId !== null) await this.apps.update(step.targetId, { annotation_reply: settings }, null);
        else if (model) await this.vectors.make(app.id, model, step.questions, signal);
        return [{ state: 'passed' }];
      } catch (error) {
        hasFailed = true;
        signal.throwIfAborted();
        return [failedBy(error)];
      }
    };
    const last = { targetId: app.id, name: app.name, questions: [] };
    return this.jobs.start({ kind: KIND, action, items: [...steps, last], run });
  }
}
