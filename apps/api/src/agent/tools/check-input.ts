import type { InputSchema } from './agent-tool.js';

/** What is wrong with a tool's input, in a sentence the model can act on; undefined when it fits. */
export function problemWith(value: unknown, schema: InputSchema, at = 'the input'): string | undefined {
  if (!isOfType(value, schema.type)) return `${at} must be of type ${schema.type}`;
  if (typeof value === 'string') return problemWithText(value, schema, at);
  if (Array.isArray(value)) return problemWithList(value, schema, at);
  if (typeof value === 'object' && value !== null)
    return problemWithObject(value as Record<string, unknown>, schema, at);
  return undefined;
}

function problemWithText(text: string, schema: InputSchema, at: string): string | undefined {
  if (schema.enum && !schema.enum.includes(text)) return `${at} must be one of ${schema.enum.join(', ')}`;
  if (schema.maxLength !== undefined && text.length > schema.maxLength) {
    return `${at} must not be longer than ${schema.maxLength} characters`;
  }
  return undefined;
}

function problemWithList(list: unknown[], schema: InputSchema, at: string): string | undefined {
  const { items, minItems = 0, maxItems = Number.POSITIVE_INFINITY } = schema;
  if (list.length < minItems || list.length > maxItems) return `${at} must have ${minItems} to ${maxItems} items`;
  if (!items) return undefined;
  return firstOf(list, (item, index) => problemWith(item, items, `${at}[${index}]`));
}

function problemWithObject(object: Record<string, unknown>, schema: InputSchema, at: string): string | undefined {
  const { properties = {}, required = [] } = schema;
  const missing = required.find((name) => object[name] === undefined);
  if (missing !== undefined) return `${missing} is missing`;
  return firstOf(Object.entries(object), ([name, value]) => {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (property)
      return value === undefined
        ? undefined
        : problemWith(value, property, at === 'the input' ? name : `${at}.${name}`);
    return schema.additionalProperties === false ? `${name} is not a known field` : undefined;
  });
}

function firstOf<T>(items: readonly T[], check: (item: T, index: number) => string | undefined): string | undefined {
  for (const [index, item] of items.entries()) {
    const problem = check(item, index);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function isOfType(value: unknown, type: InputSchema['type']): boolean {
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  return typeof value === type;
}
