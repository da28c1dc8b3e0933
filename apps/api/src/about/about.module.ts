import { Module } from '@nestjs/common';
import { SessionModule } from '../session/session.module.js';
import { AboutController } from './about.controller.js';
import { AboutService } from './about.service.js';
import { DatabaseFacts } from './database-facts.repository.js';
import { DiagnosticsService } from './diagnostics.service.js';

/** Tells of the installation itself: it counts what the other features keep, and none of them knows it. */
@Module({
  imports: [SessionModule],
  controllers: [AboutController],
  providers: [AboutService, DatabaseFacts, DiagnosticsService],
})
export class AboutModule {}
