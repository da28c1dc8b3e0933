/** A schema of the API document, as far as bad values are made of it. */
export interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly type?: string | readonly string[];
  readonly enum?: readonly string[];
  readonly format?: string;
  readonly example?: unknown;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

export type Schemas = Readonly<Record<string, Schema>>;

/** One thing that must be refused: a value put at one place of a valid body, or into the query. */
export interface BadValue {
  readonly path: readonly (string | number)[];
  readonly value: unknown;
  readonly what: string;
}

const NUL = 'a\0b';
const LONE_SURROGATE = 'a\ud800b';
const ONE_MB = 1_000_000;

/** The schema that a reference leads to. */
export function resolved(schema: Schema, schemas: Schemas): Schema {
  const target = schema.$ref ?? schema.allOf?.[0]?.$ref;
  return target === undefined ? schema : (schemas[target.split('/').at(-1) ?? ''] ?? {});
}

/** The least body that passes the rules of its schema. */
export function leastBody(schema: Schema, schemas: Schemas): Record<string, unknown> {
  const { properties = {}, required = [] } = resolved(schema, schemas);
  return Object.fromEntries(required.map((name) => [name, validValue(properties[name] ?? {}, schemas)]));
}

function validValue(schema: Schema, schemas: Schemas): unknown {
  const { enum: words, format, minimum = 0, minLength = 1 } = resolved(schema, schemas);
  switch (typesOf(schema, schemas)[0]) {
    case 'string':
      if (words) return words[0];
      return format === 'uuid' ? crypto.randomUUID() : (schema.example ?? 'a'.repeat(Math.max(1, minLength)));
    case 'integer':
    case 'number':
      return minimum;
    case 'boolean':
      return true;
    case 'array':
      return [];
    default:
      return leastBody(schema, schemas);
  }
}

/** Everything that no field of a body of this schema may be. */
export function badFields(schema: Schema, schemas: Schemas, path: BadValue['path'] = []): BadValue[] {
  const { properties = {}, required = [] } = resolved(schema, schemas);
  return Object.entries(properties).flatMap(([name, field]) => [
    ...badValues(field, schemas).map((bad) => ({ ...bad, path: [...path, name, ...bad.path] })),
    ...(required.includes(name) ? [{ path: [...path, name], value: undefined, what: 'missing' }] : []),
  ]);
}

function badValues(schema: Schema, schemas: Schemas): BadValue[] {
  const types = typesOf(schema, schemas);
  // A field of any type refuses nothing by itself.
  if (types.length === 0) return [];
  const bad = (what: string, value: unknown): BadValue => ({ path: [], what, value });
  const nothing = types.includes('null') ? [] : [bad('null', null)];
  const target = resolved(schema, schemas);
  const bounds = { ...target, ...schema };
  if (target.enum) return [...nothing, ...WRONG_TYPES('string', bad), bad('strange word', 'no-such-word')];
  switch (types[0]) {
    case 'string':
      return [...nothing, ...WRONG_TYPES('string', bad), ...badTexts(bounds, bad)];
    case 'integer':
    case 'number':
      return [...nothing, ...WRONG_TYPES('number', bad), ...badNumbers(bounds, types[0], bad)];
    case 'boolean':
      return [...nothing, ...WRONG_TYPES('boolean', bad), bad('1', 1)];
    case 'array':
      return [...nothing, ...WRONG_TYPES('array', bad), ...badLists(bounds, schemas)];
    default:
      return [
        ...nothing,
        ...WRONG_TYPES('object', bad),
        bad('deep', nested(100)),
        bad('prototype keys', JSON.parse('{"__proto__":{"a":1}}')),
        ...badFields(target, schemas),
      ];
  }
}

type Make = (what: string, value: unknown) => BadValue;

const WRONG_TYPES = (right: string, bad: Make): BadValue[] =>
  Object.entries({ string: 'x', number: 7, boolean: true, array: [[{}]], object: { a: 1 } })
    .filter(([type]) => type !== right)
    .map(([type, value]) => bad(`${type} for ${right}`, value));

function badTexts({ format, minLength = 0, maxLength = 100_000 }: Schema, bad: Make): BadValue[] {
  if (format === 'uuid') return [bad('no UUID', 'not-a-uuid'), bad('1 MB', 'a'.repeat(ONE_MB))];
  return [
    bad('NUL', NUL),
    bad('half a surrogate pair', LONE_SURROGATE),
    ...(minLength > 0 ? [bad('empty', '')] : []),
    ...(maxLength < ONE_MB ? [bad('too long', 'a'.repeat(maxLength + 1)), bad('1 MB', 'a'.repeat(ONE_MB))] : []),
  ];
}

function badNumbers({ minimum, maximum }: Schema, type: string, bad: Make): BadValue[] {
  return [
    ...(type === 'integer' ? [bad('fraction', 1.5), bad('1e300', 1.5e300)] : []),
    ...(minimum === undefined ? [] : [bad('too small', minimum - 1)]),
    ...(maximum === undefined ? [] : [bad('too large', maximum + 1)]),
  ];
}

function badLists({ items = {}, maxItems = 10_000 }: Schema, schemas: Schemas): BadValue[] {
  const inner = badValues(items, schemas).filter(({ path, value }) => path.length > 0 || value !== null);
  const isText = typesOf(items, schemas)[0] === 'string';
  const many = Array.from({ length: maxItems + 1 }, () => validValue(items, schemas));
  const item = (value: unknown): unknown => (isText ? value : leastBody(items, schemas));
  return [
    { path: [], what: 'too many', value: isText ? many : many.map(() => ({})) },
    // A text in a list has no bound of its own in the document; the service that knows the list has one.
    ...inner.map((bad) =>
      bad.path.length === 0
        ? { ...bad, what: `item: ${bad.what}`, value: [bad.value] }
        : { path: [], what: `item: ${bad.what}`, value: [withAt(item(bad.value), bad.path, bad.value)] },
    ),
  ];
}

/** The value with another one at one place inside. */
export function withAt(body: unknown, [first, ...rest]: BadValue['path'], value: unknown): unknown {
  if (first === undefined) return value;
  const object = { ...(body as Record<string, unknown>) };
  // A plain assignment to `__proto__` would be lost.
  Object.defineProperty(object, first, {
    value: rest.length === 0 ? value : withAt(object[first] ?? {}, rest, value),
    enumerable: true,
    configurable: true,
    writable: true,
  });
  return object;
}

function nested(levels: number): unknown {
  let value: unknown = {};
  for (let level = 0; level < levels; level += 1) value = { a: value };
  return value;
}

function typesOf(schema: Schema, schemas: Schemas): readonly string[] {
  const { type = schema.type ?? [], enum: words } = resolved(schema, schemas);
  const own = [type].flat();
  return own.length === 0 && words ? ['string'] : own;
}
