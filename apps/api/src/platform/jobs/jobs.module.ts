import { Global, Module } from '@nestjs/common';
import { JobController } from './job.controller.js';
import { JobRepository } from './job.repository.js';
import { JobService } from './job.service.js';
import { JobUndo } from './job-undo.js';
import { Jobs } from './jobs.js';

/** Gives every feature work in the background, with progress, cancel and undo. */
@Global()
@Module({
  controllers: [JobController],
  providers: [JobRepository, JobService, JobUndo, Jobs],
  exports: [JobUndo, Jobs],
})
export class JobsModule {}
