import { Body, Controller, Delete, Get, HttpCode, Post, Put, Query } from '@nestjs/common';
import {
  AnnotationDto,
  AnnotationInputDto,
  AnnotationListDto,
  AnnotationQueryDto,
  AnnotationReplyDto,
  JobDto,
} from '@opsagent/contracts';
import { Describe } from '../../platform/http/describe.js';
import { IdParam } from '../../platform/http/id-param.js';
import { AppAnnotations } from './app-annotations.service.js';

/** The answers that were written beforehand for an app, and whether they are given. */
@Controller('api/apps/:id')
export class AppAnnotationController {
  constructor(private readonly annotations: AppAnnotations) {}

  @Get('annotations')
  @Describe('List the annotations of an app', {
    answers: { 200: AnnotationListDto },
    problems: [404],
    operationId: 'app_annotations_list',
  })
  list(@IdParam() id: string, @Query() part: AnnotationQueryDto): Promise<AnnotationListDto> {
    return this.annotations.list(id, part);
  }

  @Post('annotations')
  @Describe('Create an annotation of an app', {
    answers: { 201: AnnotationDto },
    problems: [404],
    operationId: 'app_annotations_create',
  })
  create(@IdParam() id: string, @Body() input: AnnotationInputDto): Promise<AnnotationDto> {
    return this.annotations.create(id, input);
  }

  @Put('annotations/:annotation_id')
  @Describe('Change an annotation of an app', {
    answers: { 200: AnnotationDto },
    problems: [404],
    operationId: 'app_annotations_update',
  })
  update(
    @IdParam() id: string,
    @IdParam('annotation_id') annotationId: string,
    @Body() input: AnnotationInputDto,
  ): Promise<AnnotationDto> {
    return this.annotations.update(id, annotationId, input);
  }

  @Delete('annotations/:annotation_id')
  @HttpCode(204)
  @Describe('Delete an annotation of an app', {
    answers: { 204: null },
    problems: [404],
    operationId: 'app_annotations_delete',
  })
  delete(@IdParam() id: string, @IdParam('annotation_id') annotationId: string): Promise<void> {
    return this.annotations.delete(id, annotationId);
  }

  @Put('annotation-reply')
  @HttpCode(202)
  @Describe('Switch the annotations of an app on or off', {
    answers: { 202: JobDto },
    problems: [404],
    operationId: 'app_annotation_reply_switch',
    details:
      'The vectors of all questions are made first; the job tells how far it is. One under way already is answered instead.',
  })
  switchReply(@IdParam() id: string, @Body() reply: AnnotationReplyDto): Promise<JobDto> {
    return this.annotations.switchReply(id, reply);
  }
}
