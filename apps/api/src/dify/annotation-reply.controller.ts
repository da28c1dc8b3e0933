import { randomUUID } from 'node:crypto';
import { Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { RequestContexts } from '../platform/actor/request-context.js';
import { JobNotFound } from '../platform/jobs/job.errors.js';
import { type AnnotationReplyAction, AnnotationReplyJobs } from './annotations/annotation-reply-jobs.js';
import type { App } from './apps/app.entity.js';
import {
  ANNOTATION_REPLY_ACTION,
  DifyAnnotationJob,
  DifyAnnotationJobStatus,
  DifyAnnotationReplyRequest,
  toJobStatus,
} from './wire/annotation.js';
import { type AnnotationReplyCall, readAnnotationReply } from './wire/annotation-call.js';
import { DescribeDify, DifyController } from './wire/dify-controller.js';
import { DifyNotFound, InvalidParam, NO_SUCH_URL } from './wire/dify-error.js';
import { isId, type JsonObject } from './wire/read.js';
import { CalledApp, JsonBodyOf } from './wire/request.js';

const Action = (): ParameterDecorator => Param('action', { transform: actionOf });

/** Whether annotations answer for an app. */
@DifyController('v1/apps/annotation-reply')
export class AnnotationReplyController {
  constructor(
    private readonly jobs: AnnotationReplyJobs,
    private readonly contexts: RequestContexts,
  ) {}

  @Post(':action')
  @HttpCode(200)
  @DescribeDify('Switch the replies of annotations on or off', {
    operationId: 'annotation_reply_switch',
    body: DifyAnnotationReplyRequest,
    parameters: { action: ANNOTATION_REPLY_ACTION },
    answers: { 200: DifyAnnotationJob },
    problems: [400, 404, 415],
  })
  switch(
    @CalledApp() app: App,
    @Action() action: AnnotationReplyAction,
    @JsonBodyOf() body: JsonObject,
    @Req() request: Request,
  ): Promise<DifyAnnotationJob> {
    const call = readAnnotationReply(body);
    const address = request.ip ?? null;
    // The audit log tells who changed an app.
    const actor = { kind: 'app' as const, appId: app.id, name: app.name, address };
    return this.contexts.run({ id: randomUUID(), address, actor }, () =>
      action === 'enable' ? this.enable(app, call) : this.disable(app, call),
    );
  }

  @Get(':action/status/:job_id')
  @DescribeDify('Find out where switching the replies of annotations stands', {
    operationId: 'annotation_reply_status',
    parameters: { action: ANNOTATION_REPLY_ACTION },
    answers: { 200: DifyAnnotationJobStatus },
    problems: [400, 404],
  })
  async status(
    @CalledApp() app: App,
    @Action() action: AnnotationReplyAction,
    @Param('job_id') jobId: string,
  ): Promise<DifyAnnotationJobStatus> {
    if (!isId(jobId)) throw noSuchJob();
    return this.jobs.get(app, action, jobId.toLowerCase()).then(toJobStatus, (error: unknown) => {
      throw error instanceof JobNotFound ? noSuchJob() : error;
    });
  }

  private async enable(app: App, call: AnnotationReplyCall): Promise<DifyAnnotationJob> {
    const configId = await this.jobs.findConfig(call.providerName, call.modelName);
    if (configId === null)
      throw new InvalidParam(
        'embedding_provider_name and embedding_model_name must name an active embedding configuration.',
      );
    const settings = { score_threshold: call.scoreThreshold, llm_config_id: configId };
    return { job_id: (await this.jobs.enable(app, settings)).id, job_status: 'waiting' };
  }

  private async disable(app: App, call: AnnotationReplyCall): Promise<DifyAnnotationJob> {
    const settings = { score_threshold: call.scoreThreshold, llm_config_id: app.annotationReply.llm_config_id };
    return { job_id: (await this.jobs.disable(app, settings)).id, job_status: 'waiting' };
  }
}

function actionOf(text: string): AnnotationReplyAction {
  if (text !== 'enable' && text !== 'disable') throw new DifyNotFound(NO_SUCH_URL);
  return text;
}

function noSuchJob(): InvalidParam {
  return new InvalidParam('The job does not exist.');
}
