import { Body, Controller, Delete, Get, HttpCode, Post } from '@nestjs/common';
import { CreateLlmConfigTemplateDto, LlmConfigTemplateDto, LlmConfigTemplateListDto } from '@opsagent/contracts';
import { Describe } from '../../platform/http/describe.js';
import { IdParam } from '../../platform/http/id-param.js';
import { LlmConfigTemplateService } from './llm-config-template.service.js';

/** Values to start new model configurations with. */
@Controller('api/llm-config-templates')
export class LlmConfigTemplateController {
  constructor(private readonly templates: LlmConfigTemplateService) {}

  @Get()
  @Describe('List the templates for new model configurations', {
    answers: { 200: LlmConfigTemplateListDto },
    details: 'The built-in ones first, then everybody’s by name.',
  })
  list(): Promise<LlmConfigTemplateListDto> {
    return this.templates.list();
  }

  @Post()
  @Describe('Keep values as a template', {
    answers: { 201: LlmConfigTemplateDto },
    problems: [404, 409],
    details: 'Of a configuration, or as given; never a key, and no headers.',
  })
  create(@Body() input: CreateLlmConfigTemplateDto): Promise<LlmConfigTemplateDto> {
    return this.templates.create(input);
  }

  @Delete(':id')
  @HttpCode(204)
  @Describe('Delete a template', { answers: { 204: null }, problems: [404] })
  delete(@IdParam() id: string): Promise<void> {
    return this.templates.delete(id);
  }
}
