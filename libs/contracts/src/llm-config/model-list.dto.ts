import { Id, ListOf, Text, TextList } from '../field/fields.js';
import { ModelFactsDto } from './model-facts.dto.js';
import { API_KEY, BASE_URL, Trimmed } from './llm-config-limits.js';

/** With what to ask a provider for its models; nothing of it is stored. */
export class ModelQueryDto {
  @Trimmed()
  @Text({ ...API_KEY, optional: true, nullable: true, description: "The provider's key." })
  api_key?: string | null;

  @Trimmed()
  @Text({
    ...BASE_URL,
    optional: true,
    nullable: true,
    description: "Where to ask; the provider's own address otherwise.",
  })
  base_url?: string | null;

  @Id({
    optional: true,
    nullable: true,
    description: 'The configuration being edited: its stored key is used when no `api_key` is sent.',
  })
  llm_config_id?: string | null;
}

/** The models that a provider says it has now. */
export class ModelListDto {
  @TextList({ description: 'Their names, as the provider writes them, in its order.' })
  models!: string[];

  @ListOf(() => ModelFactsDto, {
    description:
      'What is known of each of them, from the provider itself or the catalogue; models nothing is known of are left out.',
  })
  facts!: ModelFactsDto[];
}
