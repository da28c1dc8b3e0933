import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { JobDto, JobListDto } from '@opsagent/contracts';
import { Describe } from '../http/describe.js';
import { IdParam } from '../http/id-param.js';
import { JobService } from './job.service.js';

/** Work in the background. */
@Controller('api/jobs')
export class JobController {
  constructor(private readonly jobs: JobService) {}

  @Get()
  @Describe('List your latest jobs', {
    answers: { 200: JobListDto },
    details: 'The newest 20, without their items. A job is kept for seven days.',
  })
  list(): Promise<JobListDto> {
    return this.jobs.list();
  }

  @Get(':id')
  @Describe('Read a job', {
    answers: { 200: JobDto },
    problems: [404],
    details: 'Your own; administrators read all of them. Items are at most about 250 ms behind.',
  })
  get(@IdParam() id: string): Promise<JobDto> {
    return this.jobs.get(id);
  }

  @Post(':id/cancel')
  @HttpCode(202)
  @Describe('Cancel a job', {
    answers: { 202: JobDto },
    problems: [404],
    details: 'No more of its items are begun; what was done stays. A job that is over stays as it is.',
  })
  cancel(@IdParam() id: string): Promise<JobDto> {
    return this.jobs.cancel(id);
  }

  @Post(':id/undo')
  @HttpCode(202)
  @Describe('Put back what a job changed', {
    answers: { 202: JobDto },
    problems: [404, 409, 429],
    details: 'As a job of its own, whose `undo_of` names this one. Once, and while `can_undo` is true.',
  })
  undo(@IdParam() id: string): Promise<JobDto> {
    return this.jobs.undo(id);
  }
}
