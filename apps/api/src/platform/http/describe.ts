import type { ClosedSet, DtoClass } from '@opsagent/contracts';

/**
 * What an answer carries: one DTO, a bare list of them (or of words of a closed set), a stream of events that are
 * told apart by their `type`, several contents by media type, plain text, or nothing.
 */
export type AnswerShape =
  | DtoClass
  | readonly [DtoClass | ClosedSet<string>]
  | { readonly stream: readonly DtoClass[] }
  | { readonly contents: Readonly<Record<string, AnswerShape>> }
  | 'text'
  | null;

/** What the API document says about an operation beyond what its code says. */
export interface Description {
  /** Answers by status; a status below 400. */
  answers: Readonly<Record<number, AnswerShape>>;
  /** Error statuses it answers besides those of every route (401, 403 where access is checked, 400 where input is). */
  problems?: readonly number[];
  /** Further sentences. */
  details?: string;
  /** Headers of the successful answer, with what they hold. */
  headers?: Readonly<Record<string, { type: 'string' | 'integer'; description: string }>>;
  /** The whole `operationId`, where the usual `<tag>_<method>` will not do. */
  operationId?: string;
  /** Parts of the path that are words of a closed set. */
  parameters?: Readonly<Record<string, ClosedSet<string>>>;
  /** The shape of the body it reads, where a wire reads it without Nest's `@Body()`. */
  body?: DtoClass;
  /** The shape of the query it reads, where a wire reads it without Nest's `@Query()`. */
  query?: DtoClass;
  /** The shape of an error body, where it is not a problem of ours. */
  problemShape?: DtoClass;
}

/** A described operation. */
export interface DescribedOperation extends Description {
  readonly summary: string;
}

const descriptions = new WeakMap<object, DescribedOperation>();

/** Describes an operation for the API document: `@Describe('Create a configuration', { answers: { 201: LlmConfigDto } })`. */
export function Describe(summary: string, description: Description): MethodDecorator {
  return (_target, _name, descriptor) => {
    descriptions.set(descriptor.value as object, { summary, ...description });
  };
}

/** What was said about a controller's method. */
export function descriptionOf(handler: object): DescribedOperation | undefined {
  return descriptions.get(handler);
}
