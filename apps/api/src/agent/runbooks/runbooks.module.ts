import { Module } from '@nestjs/common';
import { RunbookFilesService } from './files/runbook-files.service.js';
import { RunbookController } from './runbook.controller.js';
import { RunbookReader } from './runbook-reader.js';
import { RunbookRepository } from './runbook.repository.js';
import { RunbookService } from './runbook.service.js';
import { RunbookSearch } from './search/runbook-search.js';
import { RunbookSectionRepository } from './search/runbook-section.repository.js';

/** What people know about problems and what to do. */
@Module({
  controllers: [RunbookController],
  providers: [
    RunbookFilesService,
    RunbookReader,
    RunbookRepository,
    RunbookSearch,
    RunbookSectionRepository,
    RunbookService,
  ],
  exports: [RunbookReader],
})
export class RunbooksModule {}
