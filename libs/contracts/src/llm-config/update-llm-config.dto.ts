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

/** What a caller sends to change a model configuration: absent fields stay as they are. */
export class UpdateLlmConfigDto {
  @Trimmed()
  @Text({ ...NAME, optional: true, description: 'Shown in the console; unique, ignoring case.' })
  name?: string;

  @OneOf(LLM_PROVIDER, {
    optional: true,
    description: 'Which kind of endpoint this is; with a stored key it changes only together with a new key.',
  })
  provider?: LlmProvider;

  @Trimmed()
  @Text({ ...MODEL_NAME, optional: true, description: 'The model, as its provider names it.' })
  model_name?: string;

  @Trimmed()
  @Text({
    // No pattern: a masked key, which keeps the stored one, is not ASCII.
    max: API_KEY.max,
    optional: true,
    nullable: true,
    description: 'A new key; absent, null, empty or masked keeps the stored one.',
  })
  api_key?: string | null;

  @Flag({ optional: true, description: 'True removes the stored key.' })
  clear_api_key?: boolean;

  @Trimmed()
  @Text({
    ...BASE_URL,
    optional: true,
    nullable: true,
    description: "Where the endpoint is; null takes the provider's own.",
  })
  base_url?: string | null;

  @Whole({
    ...MAX_TOKENS,
    optional: true,
    nullable: true,
    description: 'Longest answer, in tokens; null sends nothing.',
  })
  max_tokens?: number | null;

  @Decimal({
    ...TEMPERATURE,
    places: 2,
    optional: true,
    nullable: true,
    description: 'Sampling temperature; null sends nothing.',
  })
  temperature?: number | null;

  @Decimal({
    ...TOP_P,
    places: 4,
    optional: true,
    nullable: true,
    description: 'Nucleus sampling, above 0; null sends nothing.',
  })
  top_p?: number | null;

  @Decimal({
    ...PENALTY,
    places: 2,
    optional: true,
    nullable: true,
    description: 'Frequency penalty; null sends nothing.',
  })
  frequency_penalty?: number | null;

  @Decimal({
    ...PENALTY,
    places: 2,
    optional: true,
    nullable: true,
    description: 'Presence penalty; null sends nothing.',
  })
  presence_penalty?: number | null;

  @Trimmed()
  @Text({ ...DESCRIPTION, optional: true, nullable: true, description: 'What this configuration is for.' })
  description?: string | null;

  @Flag({ optional: true, description: 'May be chosen and used.' })
  is_active?: boolean;

  @Flag({ optional: true, description: 'Used where nothing else is chosen.' })
  is_default?: boolean;

  @Flag({ optional: true, description: 'An embedding model rather than a chat model.' })
  is_embedding?: boolean;

  @AnyObject({
    optional: true,
    nullable: true,
    description:
      'Further settings; replaces the stored ones whole, but a header answered as `••••` and sent back so keeps its value.',
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
    description: 'Who may use it. The default must be for everybody.',
  })
  access?: SetLlmConfigAccessDto;
}
