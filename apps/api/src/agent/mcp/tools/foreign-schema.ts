/** Bounds of what a server may say about the input of a tool. */
const MOST_CHARACTERS = 32_000;
const MOST_LEVELS = 40;
const MOST_NODES = 4_000;
/** Once definitions stand in the place of what refers to them. */
const MOST_NODES_IN_FULL = 20_000;
const LONGEST_TEXT = 300;

/** What would lead out of the schema, or make checking it something else than checking it. */
const REFUSED = new Set(['__proto__', '$async', '$dynamicRef', '$dynamicAnchor', '$recursiveRef', '$recursiveAnchor']);
const TEXTS = new Set(['description', 'title', '$comment']);

export type ForeignSchema = Readonly<Record<string, unknown>>;

/** Why a server's schema is not worked with; undefined when it can be. */
export function problemWithSchema(schema: ForeignSchema): string | undefined {
  try {
    walk(schema, { level: 0, nodes: 0 });
    if (JSON.stringify(schema).length > MOST_CHARACTERS) return 'its schema is too long';
    countInFull(schema, definitionsOf(schema), new Set(), { nodes: 0 });
    return undefined;
  } catch (error) {
    if (error instanceof SchemaRefused) return error.message;
    throw error;
  }
}

/** The schema without what names it to others; it is checked by itself. */
export function nameless(schema: ForeignSchema): Record<string, unknown> {
  const { $schema: _schema, $id: _id, id, ...rest } = schema;
  return typeof id === 'string' ? rest : { ...rest, ...(id === undefined ? {} : { id }) };
}

/** The schema with its texts cut to a length at which nobody writes instructions. */
export function withShortTexts(value: unknown, shorten: (text: string, most: number) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => withShortTexts(item, shorten));
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(([name, inner]) => {
    const isText = TEXTS.has(name) && typeof inner === 'string';
    return [name, isText ? shorten(inner, LONGEST_TEXT) : withShortTexts(inner, shorten)] as const;
  });
  return Object.fromEntries(fields.filter(([name]) => name !== '$comment'));
}

class SchemaRefused extends Error {}

function walk(value: unknown, at: { level: number; nodes: number }): void {
  if (at.level > MOST_LEVELS) throw new SchemaRefused('its schema is too deep');
  at.nodes += 1;
  if (at.nodes > MOST_NODES) throw new SchemaRefused('its schema is too big');
  requireStorable(value);
  if (typeof value !== 'object' || value === null) return;
  at.level += 1;
  for (const [name, inner] of Object.entries(value)) {
    requireStorable(name);
    if (REFUSED.has(name)) throw new SchemaRefused(`its schema uses ${name}`);
    if (name === '$ref' && typeof inner === 'string' && !/^#(?:\/|$)/.test(inner)) {
      throw new SchemaRefused('its schema refers to something outside itself');
    }
    if (name === '$id' && typeof inner === 'string' && at.level > 1) {
      throw new SchemaRefused('its schema holds others with names of their own');
    }
    walk(inner, at);
  }
  at.level -= 1;
}

/** PostgreSQL stores neither NUL nor half of a surrogate pair. */
function requireStorable(value: unknown): void {
  if (typeof value !== 'string') return;
  if (value.includes('\0') || !value.isWellFormed()) throw new SchemaRefused('its schema holds text that is none');
}

/** Goes the way of whoever puts definitions in their places, and stops where that would not end. */
function countInFull(
  value: unknown,
  definitions: ReadonlyMap<string, unknown>,
  within: ReadonlySet<string>,
  at: { nodes: number },
): void {
  at.nodes += 1;
  if (at.nodes > MOST_NODES_IN_FULL) throw new SchemaRefused('its schema becomes too big when it is written out');
  if (typeof value !== 'object' || value === null) return;
  const reference: unknown = (value as { $ref?: unknown }).$ref;
  if (typeof reference === 'string' && !within.has(reference)) {
    countInFull(definitions.get(reference), definitions, new Set([...within, reference]), at);
  }
  for (const inner of Object.values(value)) countInFull(inner, definitions, within, at);
}

function definitionsOf(schema: ForeignSchema): Map<string, unknown> {
  const all = ['$defs', 'definitions'].flatMap((place) => {
    const held = schema[place];
    if (typeof held !== 'object' || held === null) return [];
    return Object.entries(held).map(([name, inner]) => [`#/${place}/${name}`, inner] as const);
  });
  return new Map(all);
}
