import { Flag, ListOf, OneOf, Text, Whole } from '../field/fields.js';
import { LLM_PROVIDER, type LlmProvider } from './llm-provider.js';

/** What a model costs per million tokens. */
export class ModelPriceDto {
  @Text({ description: 'The currency.', example: 'CNY' })
  currency!: string;

  @Text({ description: 'Tokens read, as a decimal.', example: '0.8' })
  input!: string;

  @Text({ nullable: true, description: 'Tokens read from the provider’s cache; null: as other tokens read.' })
  cached_input!: string | null;

  @Text({ description: 'Tokens written, as a decimal.', example: '2.7' })
  output!: string;

  @Text({
    nullable: true,
    description: 'When or for what it holds, for example a longer prompt or an hour of the day.',
  })
  note!: string | null;
}

/** What is known of a model: from the dated catalogue, or from its provider just now. */
export class ModelFactsDto {
  @OneOf(LLM_PROVIDER, { description: 'Whose model.' })
  provider!: LlmProvider;

  @Text({ description: 'Its name, as the provider writes it.' })
  model!: string;

  @Flag({ description: 'An embedding model.' })
  is_embedding!: boolean;

  @Whole({ nullable: true, description: 'Tokens it can read and write together; null when not known.' })
  context_window!: number | null;

  @Whole({ nullable: true, description: 'Tokens it can write at the most; null when not known.' })
  max_output!: number | null;

  @Flag({ nullable: true, description: 'It calls tools; null when not known.' })
  tools!: boolean | null;

  @Flag({ nullable: true, description: 'It sees images; null when not known.' })
  vision!: boolean | null;

  @Flag({ nullable: true, description: 'It reasons before it answers; null when not known.' })
  reasoning!: boolean | null;

  @Flag({ nullable: true, description: 'It answers by a JSON schema; null when not known.' })
  json_schema!: boolean | null;

  @Whole({ nullable: true, description: 'How long its vectors are by default; null for chat models.' })
  dimensions!: number | null;

  @ListOf(() => ModelPriceDto, { description: 'Its prices; empty when not known, which is not the same as free.' })
  prices!: ModelPriceDto[];

  @Text({ description: 'Of which day these facts are.', example: '2026-11-22' })
  as_of!: string;

  @Text({ description: 'Where they come from.', example: 'models.dev' })
  source!: string;
}

/** Which models of the catalogue to list. */
export class ModelCatalogueQueryDto {
  @OneOf(LLM_PROVIDER, { optional: true, description: 'Only this provider.' })
  provider?: LlmProvider;
}

/** The catalogue of models. */
export class ModelCatalogueDto {
  @Text({ description: 'Of which day it is.', example: '2026-11-22' })
  as_of!: string;

  @ListOf(() => ModelFactsDto, { description: 'Every model in it.' })
  items!: ModelFactsDto[];

  @Whole({ min: 0, description: 'How many.' })
  total!: number;
}
