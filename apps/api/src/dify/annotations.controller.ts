import { Delete, Get, HttpCode, Post, Put, Req } from '@nestjs/common';
import type { Request } from 'express';
import { AnnotationService } from './annotations/annotation.service.js';
import type { App } from './apps/app.entity.js';
import {
  DifyAnnotation,
  DifyAnnotationPage,
  DifyAnnotationQuery,
  DifyAnnotationRequest,
  toAnnotation,
} from './wire/annotation.js';
import { readAnnotation, readAnnotationList } from './wire/annotation-call.js';
import { DescribeDify, DifyController } from './wire/dify-controller.js';
import type { JsonObject } from './wire/read.js';
import { CalledApp, JsonBodyOf, PathId } from './wire/request.js';

/** The answers that were written beforehand for an app. */
@DifyController('v1/apps/annotations')
export class AnnotationsController {
  constructor(private readonly annotations: AnnotationService) {}

  @Get()
  @DescribeDify('List annotations', {
    operationId: 'annotations_list',
    query: DifyAnnotationQuery,
    answers: { 200: DifyAnnotationPage },
    problems: [400],
  })
  async list(@CalledApp() app: App, @Req() request: Request): Promise<DifyAnnotationPage> {
    const { page, limit, keyword } = readAnnotationList(request);
    const [items, total] = await this.annotations.list(app, { skip: (page - 1) * limit, limit, keyword });
    return { data: items.map(toAnnotation), has_more: page * limit < total, limit, total, page };
  }

  @Post()
  @DescribeDify('Create an annotation', {
    operationId: 'annotations_create',
    body: DifyAnnotationRequest,
    answers: { 201: DifyAnnotation },
    problems: [400, 415],
  })
  async create(@CalledApp() app: App, @JsonBodyOf() body: JsonObject): Promise<DifyAnnotation> {
    return toAnnotation(await this.annotations.create(app, readAnnotation(body)));
  }

  @Put(':annotation_id')
  @DescribeDify('Change an annotation', {
    operationId: 'annotations_update',
    body: DifyAnnotationRequest,
    answers: { 200: DifyAnnotation },
    problems: [400, 404, 415],
  })
  async update(
    @CalledApp() app: App,
    @PathId('annotation_id') id: string,
    @JsonBodyOf() body: JsonObject,
  ): Promise<DifyAnnotation> {
    return toAnnotation(await this.annotations.update(app, id, readAnnotation(body)));
  }

  @Delete(':annotation_id')
  @HttpCode(204)
  @DescribeDify('Delete an annotation', {
    operationId: 'annotations_delete',
    answers: { 204: null },
    problems: [404],
  })
  async delete(@CalledApp() app: App, @PathId('annotation_id') id: string): Promise<void> {
    await this.annotations.delete(app, id);
  }
}
