import { Controller, Get } from '@nestjs/common';
import { OverviewDto } from '@opsagent/contracts';
import { Describe } from '../platform/http/describe.js';
import { OverviewService } from './overview.service.js';

/** What an operator should see first. */
@Controller('api/overview')
export class OverviewController {
  constructor(private readonly overview: OverviewService) {}

  @Get()
  @Describe('Read whether all is well, what changed and what waits', {
    answers: { 200: OverviewDto },
    details:
      'A configuration counts as failing when most of its answers of the last hour failed, of three or more. Keys of apps are told of 14 days before they expire, to who may read the apps.',
  })
  get(): Promise<OverviewDto> {
    return this.overview.get();
  }
}
