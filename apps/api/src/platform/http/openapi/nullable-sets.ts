/** A reference of the older version that may be null. */
interface NullableReference {
  nullable?: boolean;
  allOf?: unknown;
  type?: string;
}

/**
 * OpenAPI 3.0.3 lets `nullable` count only beside a `type`, which the builder leaves out for closed sets; they are texts.
 * Changes the document in place.
 */
export function typeNullableSets(part: unknown): void {
  if (typeof part !== 'object' || part === null) return;
  const schema = part as NullableReference;
  if (schema.nullable === true && schema.allOf !== undefined) schema.type ??= 'string';
  for (const value of Object.values(part)) typeNullableSets(value);
}
