import { Controller, Get } from '@nestjs/common';
import { ToolListDto } from '@opsagent/contracts';
import { Describe } from '../../platform/http/describe.js';
import { ToolCatalogue } from './tool-registry.js';

/** The tools that agents can be allowed. */
@Controller('api/tools')
export class ToolController {
  constructor(private readonly tools: ToolCatalogue) {}

  @Get()
  @Describe('List the tools that an agent can be allowed', { answers: { 200: ToolListDto } })
  list(): ToolListDto {
    const items = this.tools.list().map(({ name, label, description, risk, parameters }) => ({
      ...{ name, label, description, risk },
      parameters: { ...parameters },
    }));
    return { items, total: items.length };
  }
}
