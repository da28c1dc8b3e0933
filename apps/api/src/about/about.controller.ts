import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { AboutDto, DiagnosticsDto, LicenceListDto } from '@opsagent/contracts';
import { Describe } from '../platform/http/describe.js';
import { AboutService } from './about.service.js';
import { DiagnosticsService } from './diagnostics.service.js';
import { licenceList } from './licences.js';

/** What runs here, what it is made of, and a file for whoever helps. */
@Controller('api/about')
export class AboutController {
  constructor(
    private readonly about: AboutService,
    private readonly diagnostics: DiagnosticsService,
  ) {}

  @Get()
  @Describe('Read what runs here, and on what', { answers: { 200: AboutDto } })
  get(): Promise<AboutDto> {
    return this.about.get();
  }

  @Get('licences')
  @Describe('List the packages that OpsAgent contains, with their licences', { answers: { 200: LicenceListDto } })
  licences(): Promise<LicenceListDto> {
    return licenceList();
  }

  @Post('diagnostics')
  @HttpCode(200)
  @Describe('Gather what helps somebody who helps', {
    answers: { 200: DiagnosticsDto },
    details:
      'Versions, settings with their secrets masked, rows of each table, and kinds of failures of the last 24 hours; nothing of anybody’s conversation. That it was made stands in the audit log.',
  })
  diagnose(): Promise<DiagnosticsDto> {
    return this.diagnostics.gather();
  }
}
