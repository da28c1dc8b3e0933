import { AnyObject, Flag, Id, OneOf, Text, Whole } from '../field/fields.js';
import { CreateLlmConfigDto } from './create-llm-config.dto.js';
import { FAULT_KIND, type FaultKind } from '../problem/fault-kind.js';

/** The answer to switching a configuration on or off. */
export class LlmConfigStatusDto {
  @Text({ description: 'What happened.' })
  message!: string;

  @Flag({ description: 'Whether it is active now.' })
  is_active!: boolean;
}

/** The answer to making a configuration the default. */
export class LlmConfigDefaultDto {
  @Text({ description: 'What happened.' })
  message!: string;

  @Flag({ description: 'Whether it is the default now.' })
  is_default!: boolean;
}

/** What to send to the model in a test. */
export class TestLlmConfigDto {
  @Text({
    min: 1,
    max: 2000,
    optional: true,
    nullable: true,
    description: 'The text to send; a short greeting by default.',
  })
  message?: string | null;
}

/** Values to test before they are stored. */
export class TestUnsavedLlmConfigDto extends CreateLlmConfigDto {
  @Id({
    optional: true,
    nullable: true,
    description: 'The configuration being edited: its stored key is used when no `api_key` is sent.',
  })
  llm_config_id?: string | null;

  @Text({
    min: 1,
    max: 2000,
    optional: true,
    nullable: true,
    description: 'The text to send; a short greeting by default.',
  })
  message?: string | null;
}

/** What came of a real call with a configuration. A refusal by the provider is a result, not an error of this route. */
export class LlmConfigTestDto {
  @Flag({ description: 'The model answered.' })
  success!: boolean;

  @Text({ description: 'The result in a sentence.' })
  message!: string;

  @Text({ description: 'What was sent.' })
  test_message!: string;

  @Text({ optional: true, description: 'What a chat model answered.' })
  response?: string;

  @Whole({ optional: true, description: 'How long the vector of an embedding model is.' })
  embedding_dimension?: number;

  @AnyObject({ description: 'What was called: provider, model_name, base_url, is_embedding and the parameters sent.' })
  config_info!: Record<string, unknown>;

  @Whole({ description: 'The whole call, in milliseconds.' })
  latency_ms!: number;

  @Whole({ nullable: true, description: 'Until the first token, in milliseconds.' })
  first_token_ms!: number | null;

  @OneOf(FAULT_KIND, { optional: true, description: 'Why it failed.' })
  kind?: FaultKind;

  @Whole({ optional: true, nullable: true, description: "The provider's HTTP status, null when none came." })
  http_status?: number | null;

  @Text({ optional: true, nullable: true, description: "The provider's own words, without secrets." })
  provider_message?: string | null;
}
