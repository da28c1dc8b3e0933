import { Controller, Get, Headers, HttpCode, Post, Query } from '@nestjs/common';
import { DeletedLlmConfigListDto, LlmConfigDto, LlmConfigRevisionListDto, RevisionQueryDto } from '@opsagent/contracts';
import { Describe } from '../../platform/http/describe.js';
import { IdParam } from '../../platform/http/id-param.js';
import { readIfMatch } from '../../platform/http/if-match.js';
import { LlmConfigHistoryService } from './llm-config-history.service.js';

/** What model configurations were, and the way back. */
@Controller('api/llm-configs')
export class LlmConfigHistoryController {
  constructor(private readonly history: LlmConfigHistoryService) {}

  @Get('deleted')
  @Describe('List the deleted model configurations that can be restored', {
    answers: { 200: DeletedLlmConfigListDto },
    operationId: 'llm_configs_list_deleted',
  })
  listDeleted(): Promise<DeletedLlmConfigListDto> {
    return this.history.listDeleted();
  }

  @Post(':id/restore')
  @HttpCode(200)
  @Describe('Restore a deleted model configuration', {
    answers: { 200: LlmConfigDto },
    problems: [404, 409],
    details: 'Under its old id and with its key, within 30 days; never as the default.',
  })
  restore(@IdParam() id: string): Promise<LlmConfigDto> {
    return this.history.restore(id);
  }

  @Get(':id/revisions')
  @Describe('List what was changed in a model configuration', {
    answers: { 200: LlmConfigRevisionListDto },
    problems: [404],
    operationId: 'llm_configs_list_revisions',
  })
  listRevisions(@IdParam() id: string, @Query() { skip, limit }: RevisionQueryDto): Promise<LlmConfigRevisionListDto> {
    return this.history.list(id, skip, limit);
  }

  @Post(':id/revisions/:revision_id/restore')
  @HttpCode(200)
  @Describe('Roll a model configuration back to an earlier revision', {
    answers: { 200: LlmConfigDto },
    problems: [404, 409],
    details:
      'Its key comes back with the address it belonged to. Whether it is active, the default, for whom, and its kind of model stay as they are. `If-Match` as for changes.',
    operationId: 'llm_configs_roll_back',
  })
  rollBack(
    @IdParam() id: string,
    @IdParam('revision_id') revisionId: string,
    @Headers('if-match') seen?: string,
  ): Promise<LlmConfigDto> {
    return this.history.rollBack(id, revisionId, readIfMatch(seen));
  }
}
