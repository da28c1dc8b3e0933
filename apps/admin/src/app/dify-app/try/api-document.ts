/** A shape in an OpenAPI document, as far as it is read here. */
export interface ApiSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly default?: unknown;
  readonly allOf?: readonly ApiSchema[];
  readonly anyOf?: readonly ApiSchema[];
  readonly properties?: Readonly<Record<string, ApiSchema>>;
  readonly required?: readonly string[];
}

export interface ApiParameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: ApiSchema;
}

export interface ApiOperation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly parameters?: readonly ApiParameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: ApiSchema }>> };
  readonly responses?: Readonly<Record<string, { readonly content?: Readonly<Record<string, unknown>> }>>;
}

/** What the server says of itself at `/openapi.json`. */
export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, ApiOperation>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, ApiSchema>> };
}

/** The shape itself, where a document names it, adds to it or lets it be null. */
export function resolved(schema: ApiSchema, document: ApiDocument): ApiSchema {
  if (schema.$ref) {
    const named = document.components?.schemas?.[schema.$ref.split('/').at(-1) ?? ''];
    return named ? resolved(named, document) : {};
  }
  const [inner] = schema.allOf ?? schema.anyOf?.filter(({ type }) => type !== 'null') ?? [];
  return inner ? { ...resolved(inner, document), ...('default' in schema && { default: schema.default }) } : schema;
}

/** The one type of a shape besides null. */
export function typeOf({ type }: ApiSchema): string {
  return (typeof type === 'string' ? type : type?.find((name) => name !== 'null')) ?? 'string';
}
