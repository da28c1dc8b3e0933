import { Controller, Get, Query } from '@nestjs/common';
import { AppFeedbackListDto, AppQueryDto } from '@opsagent/contracts';
import { Describe } from '../../platform/http/describe.js';
import { IdParam } from '../../platform/http/id-param.js';
import { AppFeedbacks } from './app-feedbacks.service.js';

/** What people thought of the answers of an app. */
@Controller('api/apps/:id/feedbacks')
export class AppFeedbackController {
  constructor(private readonly feedbacks: AppFeedbacks) {}

  @Get()
  @Describe('List what people thought of the answers of an app', {
    answers: { 200: AppFeedbackListDto },
    problems: [404],
    operationId: 'app_opinions_list',
  })
  list(@IdParam() id: string, @Query() part: AppQueryDto): Promise<AppFeedbackListDto> {
    return this.feedbacks.list(id, part);
  }
}
