import { Body, Controller, Get, HttpCode, Injectable, Param, type PipeTransform, Post } from '@nestjs/common';
import { LLM_PROVIDER, type LlmProvider, ModelListDto, ModelQueryDto, ProviderDto } from '@opsagent/contracts';
import { Describe } from '../platform/http/describe.js';
import { ProviderNotFound } from './llm-config.errors.js';
import { toProviderDto } from './llm-config.mapper.js';
import { ModelLists } from './model-lists.js';
import { PROVIDERS } from './providers/providers.js';

/** Lets only providers through that exist. */
@Injectable()
class ProviderPipe implements PipeTransform<string, LlmProvider> {
  transform(value: string): LlmProvider {
    const provider = LLM_PROVIDER.values.find((id) => id === value);
    if (provider === undefined) throw new ProviderNotFound(value);
    return provider;
  }
}

/** The providers whose models can be configured. */
@Controller('api/providers')
export class ProviderController {
  constructor(private readonly lists: ModelLists) {}

  @Get()
  @Describe('List the providers with what is known of them', { answers: { 200: [ProviderDto] } })
  list(): ProviderDto[] {
    return Object.values(PROVIDERS).map(toProviderDto);
  }

  @Post(':provider/models')
  @HttpCode(200)
  @Describe('Ask a provider which models it has now', {
    answers: { 200: ModelListDto },
    problems: [404, 502],
    parameters: { provider: LLM_PROVIDER },
    details:
      'Without `api_key` the stored key of `llm_config_id` is used, towards the server it was entered for only. What the provider refuses is a 502 that says why.',
    operationId: 'providers_list_models',
  })
  listModels(
    @Param('provider', ProviderPipe) provider: LlmProvider,
    @Body() query: ModelQueryDto,
  ): Promise<ModelListDto> {
    return this.lists.ask(provider, query);
  }
}
