import { Module } from '@nestjs/common';
import { KnownSources } from './known-sources.adapter.js';
import { SourceKinds } from './source-kinds.js';
import { ToolSourceController } from './tool-source.controller.js';
import { ToolSourceRepository } from './tool-source.repository.js';
import { ToolSourceSecrets } from './tool-source-secrets.js';
import { ToolSourceService } from './tool-source.service.js';
import { ToolSourceTests } from './tool-source-tests.js';
import { ToolSources } from './tool-sources.js';

/** The systems that tools may reach by their names. */
@Module({
  controllers: [ToolSourceController],
  providers: [
    SourceKinds,
    KnownSources,
    { provide: ToolSources, useExisting: KnownSources },
    ToolSourceRepository,
    ToolSourceSecrets,
    ToolSourceService,
    ToolSourceTests,
  ],
  exports: [ToolSources],
})
export class SourcesModule {}
