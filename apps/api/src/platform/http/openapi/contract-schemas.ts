import { type DtoClass, describedClasses, type FieldFacts, fieldsOf } from '@opsagent/contracts';
import type { ApiPropertyOptions } from '@nestjs/swagger';

type ApiProperty = (options: ApiPropertyOptions) => PropertyDecorator;

/** Hands everything the contract says about its fields to the document's builder. */
export function describeContract(apiProperty: ApiProperty): void {
  for (const dto of describedClasses().keys())
    for (const [name, facts] of fieldsOf(dto)) apiProperty(optionsOf(facts))(dto.prototype as object, name);
}

/** The bound of every text without one of its own: a guard of the server, no promise about its answers. */
const UNBOUNDED = 100_000;

/** A field in the builder's words; parts that are undefined are left out, since it writes whatever it is given. */
export function optionsOf(facts: FieldFacts): ApiPropertyOptions {
  const { set, nested, items, type, required, ...rest } = facts;
  const told = Object.entries(rest).filter(
    ([name, value]) => value !== undefined && !(name === 'maxLength' && value === UNBOUNDED),
  );
  return { ...Object.fromEntries(told), required, ...shapeOf({ set, nested, items, type, required }) };
}

function shapeOf({ set, nested, items, type }: FieldFacts): Record<string, unknown> {
  if (items) return { isArray: true, ...itemShape(items) };
  if (set) return enumOf(set);
  if (nested) return { type: nested() };
  return { type };
}

function itemShape(items: FieldFacts): Record<string, unknown> {
  if (items.set) return enumOf(items.set);
  if (items.nested) return { type: items.nested() };
  const { type, format, maxLength, additionalProperties } = items;
  const item = Object.fromEntries(
    Object.entries({ type, format, maxLength, additionalProperties }).filter(([, value]) => value !== undefined),
  );
  return { type: 'array', items: item, isArray: undefined };
}

/** A set of one word tells the members of a union apart, and is no type of its own. */
function enumOf({ name, values }: { name: string; values: readonly string[] }): Record<string, unknown> {
  return values.length === 1 ? { type: 'string', enum: [...values] } : { enum: [...values], enumName: name };
}

/** The field that tells the members of a union apart: each has a closed set of words for it. Undefined where there is none. */
export function discriminatorOf(
  classes: readonly DtoClass[],
): { name: string; mapping: [string, DtoClass][] } | undefined {
  const [first, ...others] = classes.map((dto) => fieldsOf(dto));
  const names = [...(first?.keys() ?? [])];
  const name = names.find((key) => [first, ...others].every((fields) => fields?.get(key)?.set));
  if (name === undefined) return undefined;
  const wordsOf = (dto: DtoClass): readonly string[] => fieldsOf(dto).get(name)?.set?.values ?? [];
  return { name, mapping: classes.flatMap((dto) => wordsOf(dto).map((word): [string, DtoClass] => [word, dto])) };
}

/** The classes among an answer's shape, for the builder to know them. */
export function isDto(shape: unknown): shape is DtoClass {
  return typeof shape === 'function';
}
