import { Field } from './field.js';

/** Questions that may be asked next. */
export class DifySuggestions {
  @Field({ type: 'string', description: 'Always `success`.', example: 'success' })
  result!: 'success';

  @Field({ type: 'array', items: { required: true, type: 'string' }, description: 'The questions, none to three.' })
  data!: string[];
}

/** On whose behalf questions are suggested. */
export class DifySuggestionQuery {
  @Field({ type: 'string', description: 'Whom the client speaks for.' })
  user!: string;
}
