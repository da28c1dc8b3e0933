import { Id, ListOf, Moment, Text, Whole } from '../field/fields.js';

/** An answer of an app that was written beforehand, for questions like its own. */
export class AnnotationDto {
  @Id({ description: 'Names the annotation.' })
  id!: string;

  @Text({ description: 'The question.' })
  question!: string;

  @Text({ description: 'The answer to questions like it.' })
  answer!: string;

  @Whole({ min: 0, description: 'How often it answered.' })
  hit_count!: number;

  @Moment({ description: 'When it was created.' })
  created_at!: string;
}

/** One page of annotations. */
export class AnnotationListDto {
  @ListOf(() => AnnotationDto, { description: 'The annotations, newest first.' })
  items!: AnnotationDto[];

  @Whole({ min: 0, description: 'How many there are in all.' })
  total!: number;
}

/** What a caller says of an annotation. */
export class AnnotationInputDto {
  @Text({ min: 1, max: 10_000, pattern: /\S/, patternHint: 'says something', description: 'The question.' })
  question!: string;

  @Text({ min: 1, max: 100_000, pattern: /\S/, patternHint: 'says something', description: 'The answer.' })
  answer!: string;
}

/** Which annotations to answer. */
export class AnnotationQueryDto {
  @Whole({ query: true, min: 0, optional: true, default: 0, description: 'How many to leave out at the start.' })
  skip: number = 0;

  @Whole({ query: true, min: 1, max: 1000, optional: true, default: 100, description: 'How many at the most.' })
  limit: number = 100;

  @Text({ max: 200, optional: true, default: '', description: 'A part of the question or the answer.' })
  search: string = '';
}
