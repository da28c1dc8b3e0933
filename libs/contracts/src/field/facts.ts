/**
 * What a field says about itself, in JSON Schema words; the api hands these to the OpenAPI document at start.
 * The library itself knows no framework, so that a browser can bundle it.
 */
export interface FieldFacts {
  type?: 'string' | 'integer' | 'number' | 'boolean' | 'object' | 'array';
  format?: string;
  description?: string;
  example?: unknown;
  default?: unknown;
  required: boolean;
  nullable?: boolean;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  /** A named closed set: becomes one named enum schema, the same for every field that uses it. */
  set?: ClosedSet<string>;
  /** A nested DTO class, called late so that files may refer to each other. */
  nested?: () => DtoClass;
  /** A list whose items are these. */
  items?: FieldFacts;
  /** A map from strings to values of any type. */
  additionalProperties?: boolean;
  readOnly?: boolean;
}

/** A class whose fields carry the decorators of this folder. */
export type DtoClass = new () => object;

/** A closed set of strings with a name of its own. */
export interface ClosedSet<T extends string> {
  readonly name: string;
  readonly values: readonly T[];
}

/** Names a closed set once; validation, the API document and the console's selects all read it. */
export function oneOfSet<const T extends string>(name: string, values: readonly T[]): ClosedSet<T> {
  return { name, values };
}

/** The string union of a closed set. */
export type ValueOf<S> = S extends ClosedSet<infer T> ? T : never;

const registry = new Map<DtoClass, Map<string, FieldFacts>>();

/** Remembers what a field says; called by the decorators only. */
export function recordField(target: object, name: string, facts: FieldFacts): void {
  const dto = target.constructor as DtoClass;
  const fields = registry.get(dto) ?? new Map<string, FieldFacts>();
  fields.set(name, facts);
  registry.set(dto, fields);
}

/** Every DTO class with its fields, in the order they were declared. */
export function describedClasses(): ReadonlyMap<DtoClass, ReadonlyMap<string, FieldFacts>> {
  return registry;
}

/** The fields of one class, those of its parents first. */
export function fieldsOf(dto: DtoClass): ReadonlyMap<string, FieldFacts> {
  const parent = Object.getPrototypeOf(dto) as DtoClass | null;
  const inherited = parent && registry.has(parent) ? fieldsOf(parent) : new Map<string, FieldFacts>();
  return new Map([...inherited, ...(registry.get(dto) ?? [])]);
}
