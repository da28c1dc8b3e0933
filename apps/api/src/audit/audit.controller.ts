import { pipeline } from 'node:stream/promises';
import { Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import {
  AuditEntryDto,
  AuditExportQueryDto,
  AuditListDto,
  AuditQueryDto,
  AuditVerificationDto,
} from '@opsagent/contracts';
import type { Response } from 'express';
import { Describe } from '../platform/http/describe.js';
import { AuditExport } from './audit-export.js';
import { AuditService } from './audit.service.js';
import { AuditVerification } from './audit-verification.js';

const MEDIA = { csv: 'text/csv; charset=utf-8', json: 'application/jsonl; charset=utf-8' } as const;

/** Who did what, when and from where. */
@Controller('api/audit')
export class AuditController {
  constructor(
    private readonly log: AuditService,
    private readonly verification: AuditVerification,
    private readonly exports: AuditExport,
  ) {}

  @Get()
  @Describe('List entries of the audit log', { answers: { 200: AuditListDto } })
  list(@Query() query: AuditQueryDto): Promise<AuditListDto> {
    return this.log.list(query);
  }

  @Get('export')
  @Describe('Write entries of the audit log into a file', {
    answers: { 200: { contents: { 'text/csv': 'text', 'application/jsonl': 'text' } } },
    details:
      'Oldest first: comma-separated with a line of names, or one JSON object a line. The export is itself an entry.',
  })
  async export(@Query() query: AuditExportQueryDto, @Res() response: Response): Promise<void> {
    const lines = await this.exports.lines(query);
    response.setHeader('content-type', MEDIA[query.format]);
    response.setHeader(
      'content-disposition',
      `attachment; filename="opsagent-audit.${query.format === 'csv' ? 'csv' : 'jsonl'}"`,
    );
    await pipeline(lines, response);
  }

  @Post('verify')
  @HttpCode(200)
  @Describe('Check that the audit log is as it was written', {
    answers: { 200: AuditVerificationDto },
    details:
      'Every entry carries a hash over itself and the entry before, made with a key that the database does not hold in clear. An entry that was edited, taken out, put in or moved is found, also at the end.',
  })
  verify(): Promise<AuditVerificationDto> {
    return this.verification.run();
  }

  @Get(':seq')
  @Describe('Read an entry of the audit log', { answers: { 200: AuditEntryDto }, problems: [404] })
  get(@Param('seq') seq: string): Promise<AuditEntryDto> {
    return this.log.get(seq);
  }
}
