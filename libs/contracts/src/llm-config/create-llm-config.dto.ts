import { AnyObject, Decimal, Flag, Nested, OneOf, Text, TextList, Whole } from '../field/fields.js';
import { SetLlmConfigAccessDto } from './llm-config-access.dto.js';
import {
  API_KEY,
  BASE_URL,
  DESCRIPTION,
  MAX_TOKENS,
  MODEL_NAME,
  NAME,
  PENALTY,
  TEMPERATURE,
  TOP_P,
  Trimmed,
} from './llm-config-limits.js';
import { LLM_PROVIDER, type LlmProvider } from './llm-provider.js';

/** What a caller sends to create a model configuration. A parameter left out or null is not sent to the model. */
export class CreateLlmConfigDto {
  @Trimmed()
  @Text({ ...NAME, description: 'Shown in the console; unique, ignoring case.', example: 'deepseek-main' })
  name!: string;

  @OneOf(LLM_PROVIDER, { description: 'Which kind of endpoint this is.', example: 'deepseek' })
  provider!: LlmProvider;

  @Trimmed()
  @Text({ ...MODEL_NAME, description: 'The model, as its provider names it.', example: 'deepseek-flash' })
  model_name!: string;

  @Trimmed()
  @Text({
    ...API_KEY,
    optional: true,
    nullable: true,
    description: "The provider's key; stored sealed and never returned. Not needed for ollama and vllm.",
  })
  api_key?: string | null;

  @Trimmed()
  @Text({
    ...BASE_URL,
    optional: true,
    nullable: true,
    description: "Where the endpoint is; null takes the provider's own. Required for vllm.",
    example: 'https://api.deepseek.com',
  })
  base_url?: string | null;

  @Whole({ ...MAX_TOKENS, optional: true, nullable: true, description: 'Longest answer, in tokens.' })
  max_tokens?: number | null;

  @Decimal({ ...TEMPERATURE, places: 2, optional: true, nullable: true, description: 'Sampling temperature.' })
  temperature?: number | null;

  @Decimal({ ...TOP_P, places: 4, optional: true, nullable: true, description: 'Nucleus sampling; above 0.' })
  top_p?: number | null;

  @Decimal({ ...PENALTY, places: 2, optional: true, nullable: true, description: 'Frequency penalty.' })
  frequency_penalty?: number | null;

  @Decimal({ ...PENALTY, places: 2, optional: true, nullable: true, description: 'Presence penalty.' })
  presence_penalty?: number | null;

  @Trimmed()
  @Text({ ...DESCRIPTION, optional: true, nullable: true, description: 'What this configuration is for.' })
  description?: string | null;

  @Flag({ optional: true, default: true, description: 'May be chosen and used.' })
  is_active?: boolean;

  @Flag({ optional: true, default: false, description: 'Used where nothing else is chosen; at most one per kind.' })
  is_default?: boolean;

  @Flag({ optional: true, default: false, description: 'An embedding model rather than a chat model.' })
  is_embedding?: boolean;

  @AnyObject({
    optional: true,
    nullable: true,
    description:
      'Further settings, for example `timeouts`, `headers`, `thinking`, `num_ctx`, `dimensions`. Values of headers that look like credentials are stored sealed and answered as `••••`.',
  })
  extra_config?: Record<string, unknown> | null;

  @TextList({
    optional: true,
    description:
      'Words to find it by: at most 20 of at most 50 characters; spaces around them and doubles are dropped.',
  })
  tags?: string[];

  @TextList({
    format: 'uuid',
    optional: true,
    description: 'Configurations of the same kind that answer in its place while it fails, in this order; at most 5.',
  })
  fallback_ids?: string[];

  @Nested(() => SetLlmConfigAccessDto, {
    optional: true,
    description: 'Who may use it; everybody without it. The default must be for everybody.',
  })
  access?: SetLlmConfigAccessDto;
}
