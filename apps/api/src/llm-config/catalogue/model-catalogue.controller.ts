import { Controller, Get, Query } from '@nestjs/common';
import { ModelCatalogueDto, ModelCatalogueQueryDto } from '@opsagent/contracts';
import { Describe } from '../../platform/http/describe.js';
import { ModelCatalogue } from './model-catalogue.js';
import { toModelFacts } from './model-facts.mapper.js';

/** What is known of models without asking anybody. */
@Controller('api/model-catalogue')
export class ModelCatalogueController {
  constructor(private readonly catalogue: ModelCatalogue) {}

  @Get()
  @Describe('List what is known of models: contexts, abilities and prices, with their day and source', {
    answers: { 200: ModelCatalogueDto },
    operationId: 'model_catalogue_list',
  })
  list(@Query() { provider }: ModelCatalogueQueryDto): ModelCatalogueDto {
    const known = this.catalogue.all().filter((model) => provider === undefined || model.provider === provider);
    return { as_of: this.catalogue.asOf, items: known.map(toModelFacts), total: known.length };
  }
}
