import { Controller, Get, Query } from '@nestjs/common';
import { ArtifactDto, ArtifactQueryDto } from '@opsagent/contracts';
import { Describe } from '../platform/http/describe.js';
import { IdParam } from '../platform/http/id-param.js';
import { ArtifactService } from './artifact.service.js';

/** Results of tools that are too big for an answer. */
@Controller('api/artifacts')
export class ArtifactController {
  constructor(private readonly artifacts: ArtifactService) {}

  @Get(':id')
  @Describe('Read some lines of a big result of a tool', {
    answers: { 200: ArtifactDto },
    problems: [404],
    details: 'Of one’s own sessions only.',
  })
  read(@IdParam() id: string, @Query() query: ArtifactQueryDto): Promise<ArtifactDto> {
    return this.artifacts.read(id, query);
  }
}
