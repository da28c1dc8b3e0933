import { Controller, Get } from '@nestjs/common';
import { ProviderDto } from '@opsagent/contracts';
import { Describe } from '../platform/http/describe.js';
import { toProviderDto } from './llm-config.mapper.js';
import { PROVIDERS } from './providers/providers.js';

/** The providers whose models can be configured. */
@Controller('api/providers')
export class ProviderController {
  @Get()
  @Describe('List the providers with what is known of them', { answers: { 200: [ProviderDto] } })
  list(): ProviderDto[] {
    return Object.values(PROVIDERS).map(toProviderDto);
  }
}
