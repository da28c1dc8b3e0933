import { Body, Controller, Delete, Get, Headers, HttpCode, Post, Put, Query, Res } from '@nestjs/common';
import {
  CreateLlmConfigDto,
  DeleteLlmConfigQueryDto,
  DuplicateLlmConfigDto,
  LLM_PROVIDER,
  LlmConfigDefaultDto,
  LlmConfigDto,
  LlmConfigImpactDto,
  LlmConfigKindQueryDto,
  LlmConfigQueryDto,
  LlmConfigReadQueryDto,
  LlmConfigStatusDto,
  type LlmProvider,
  UpdateLlmConfigDto,
} from '@opsagent/contracts';
import type { Response } from 'express';
import { Describe } from '../platform/http/describe.js';
import { IdParam } from '../platform/http/id-param.js';
import { LlmConfigService } from './llm-config.service.js';
import { readIfMatch } from '../platform/http/if-match.js';

/** The model configurations, by the older system's routes. */
@Controller('api/llm-configs')
export class LlmConfigController {
  constructor(private readonly llmConfigs: LlmConfigService) {}

  @Get()
  @Describe('List model configurations', {
    answers: { 200: [LlmConfigDto] },
    headers: { 'X-Total-Count': { type: 'integer', description: 'How many there are in all.' } },
  })
  async list(
    @Query() query: LlmConfigQueryDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<LlmConfigDto[]> {
    const { items, total } = await this.llmConfigs.list(query);
    response.setHeader('X-Total-Count', total);
    return items;
  }

  @Get('providers')
  @Describe('List the ids of the providers', {
    answers: { 200: [LLM_PROVIDER] },
    details: 'What is known of each is at `/api/providers`.',
    operationId: 'llm_configs_list_providers',
  })
  listProviders(): readonly LlmProvider[] {
    return LLM_PROVIDER.values;
  }

  @Get('active')
  @Describe('List the active model configurations', {
    answers: { 200: [LlmConfigDto] },
    operationId: 'llm_configs_list_active',
  })
  listActive(@Query() query: LlmConfigKindQueryDto): Promise<LlmConfigDto[]> {
    return this.llmConfigs.listActive(query.is_embedding);
  }

  @Get('default')
  @Describe('Read the default model configuration', {
    answers: { 200: LlmConfigDto },
    problems: [404],
    operationId: 'llm_configs_get_default',
  })
  getDefault(@Query() query: LlmConfigKindQueryDto): Promise<LlmConfigDto> {
    return this.llmConfigs.getDefault(query.is_embedding ?? false);
  }

  @Get(':id')
  @Describe('Read a model configuration', { answers: { 200: LlmConfigDto }, problems: [404] })
  get(@IdParam() id: string, @Query() { include }: LlmConfigReadQueryDto): Promise<LlmConfigDto> {
    return this.llmConfigs.get(id, include);
  }

  @Get(':id/impact')
  @Describe('Read what a risky change of a model configuration would touch', {
    answers: { 200: LlmConfigImpactDto },
    problems: [404],
    operationId: 'llm_configs_get_impact',
  })
  getImpact(@IdParam() id: string): Promise<LlmConfigImpactDto> {
    return this.llmConfigs.impactOf(id);
  }

  @Post(':id/duplicate')
  @Describe('Copy a model configuration', {
    answers: { 201: LlmConfigDto },
    problems: [404, 409],
    details: 'With the same key; never as the default. Without `name` the copy is numbered.',
  })
  duplicate(@IdParam() id: string, @Body() input: DuplicateLlmConfigDto): Promise<LlmConfigDto> {
    return this.llmConfigs.duplicate(id, input);
  }

  @Post()
  @Describe('Create a model configuration', {
    answers: { 201: LlmConfigDto },
    problems: [409],
    details: 'The first active chat model becomes the default unless `is_default` is false.',
  })
  create(@Body() input: CreateLlmConfigDto): Promise<LlmConfigDto> {
    return this.llmConfigs.create(input);
  }

  @Put(':id')
  @Describe('Change a model configuration', {
    answers: { 200: LlmConfigDto },
    problems: [404, 409],
    details:
      'Absent fields stay. With `If-Match: "<updated_at>"` a change of something that was changed meanwhile is refused with 409 and the `current` value.',
  })
  update(
    @IdParam() id: string,
    @Body() input: UpdateLlmConfigDto,
    @Headers('if-match') seen?: string,
  ): Promise<LlmConfigDto> {
    return this.llmConfigs.update(id, input, readIfMatch(seen));
  }

  @Delete(':id')
  @HttpCode(204)
  @Describe('Delete a model configuration', {
    answers: { 204: null },
    problems: [404, 409],
    details: 'Refused with 409 while it is the default or something uses it, unless `force` is true.',
  })
  delete(
    @IdParam() id: string,
    @Query() query: DeleteLlmConfigQueryDto,
    @Headers('if-match') seen?: string,
  ): Promise<void> {
    return this.llmConfigs.delete(id, query.force, readIfMatch(seen));
  }

  @Post(':id/toggle-status')
  @HttpCode(200)
  @Describe('Switch a model configuration on or off', {
    answers: { 200: LlmConfigStatusDto },
    problems: [404, 409],
    operationId: 'llm_configs_toggle_status',
  })
  toggleStatus(@IdParam() id: string, @Headers('if-match') seen?: string): Promise<LlmConfigStatusDto> {
    return this.llmConfigs.toggleStatus(id, readIfMatch(seen));
  }

  @Post(':id/set-default')
  @HttpCode(200)
  @Describe('Make a model configuration the default of its kind', {
    answers: { 200: LlmConfigDefaultDto },
    problems: [404, 409],
    operationId: 'llm_configs_set_default',
  })
  setDefault(@IdParam() id: string, @Headers('if-match') seen?: string): Promise<LlmConfigDefaultDto> {
    return this.llmConfigs.setDefault(id, readIfMatch(seen));
  }
}
