import { type ApiDocument, type ApiOperation, type ApiSchema, resolved, typeOf } from './api-document.js';

const WIRE = /^\/v1(?=\/|$)/;
/** Fields of whole sentences. */
const LONG = ['query', 'question', 'answer', 'text', 'content'];

/** Whom the calls from here speak for. */
export const TRIAL_USER = 'console-test';

/** Which of the three lists an operation stands in. */
export const WIRE_GROUP = ['chat', 'app', 'refused'] as const;
export type WireGroup = (typeof WIRE_GROUP)[number];

const OF_APP = ['', 'parameters', 'info', 'meta', 'site', 'app', 'apps', 'end-users'];
const OF_OTHER_MODES = ['completion-messages', 'workflows', 'workflow', 'form'];

/** How a field is filled in. */
export type WireControl = 'line' | 'text' | 'number' | 'flag' | 'choice' | 'json' | 'file';

/** One value that a call may carry. */
export interface WireField {
  /** Its place and its name: one name may stand in the path and in the body. */
  readonly id: string;
  readonly name: string;
  readonly in: 'path' | 'query' | 'body';
  readonly isRequired: boolean;
  readonly control: WireControl;
  readonly options: readonly string[];
  /** What it holds at first; empty is not sent. */
  readonly initial: string;
}

/** One operation of the wire, as the server describes it. */
export interface WireOperation {
  /** As Dify's own documents name it: `POST /chat-messages/{}/stop`. */
  readonly key: string;
  readonly id: string;
  readonly method: string;
  /** With its parameters in braces, from the root of the server. */
  readonly path: string;
  readonly summary: string;
  readonly group: WireGroup;
  readonly fields: readonly WireField[];
  readonly hasBody: boolean;
  readonly hasFile: boolean;
}

/** The operations under `/v1`, those of a conversation first. */
export function wireOperations(document: ApiDocument): readonly WireOperation[] {
  const all = Object.entries(document.paths)
    .filter(([path]) => WIRE.test(path))
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) =>
        wireOperation(path, method.toUpperCase(), operation, document),
      ),
    );
  return WIRE_GROUP.flatMap((group) => all.filter((operation) => operation.group === group));
}

/** An operation without the names of its parameters, which are ours. */
export function operationKey(method: string, path: string): string {
  return `${method} ${path.replace(WIRE, '').replace(/\{[^}]*\}/g, '{}') || '/'}`;
}

function wireOperation(path: string, method: string, operation: ApiOperation, document: ApiDocument): WireOperation {
  const body = Object.values(operation.requestBody?.content ?? {})[0]?.schema;
  const fields = [...ofAddress(operation, document), ...ofBody(body, document)];
  return {
    key: operationKey(method, path),
    id: operation.operationId ?? '',
    method,
    path,
    summary: operation.summary ?? '',
    group: groupOf(path),
    fields: operation.responses?.['200']?.content?.['text/event-stream'] ? fields.map(streaming) : fields,
    hasBody: body !== undefined,
    hasFile: fields.some(({ control }) => control === 'file'),
  };
}

function groupOf(path: string): WireGroup {
  const first = path.replace(WIRE, '').split('/')[1] ?? '';
  if (OF_OTHER_MODES.includes(first)) return 'refused';
  return OF_APP.includes(first) ? 'app' : 'chat';
}

function ofAddress({ parameters = [] }: ApiOperation, document: ApiDocument): WireField[] {
  return parameters.flatMap(({ name, in: place, required = false, schema }) =>
    place === 'path' || place === 'query' ? [fieldOf(name, place, required, resolved(schema, document))] : [],
  );
}

function ofBody(schema: ApiSchema | undefined, document: ApiDocument): WireField[] {
  const { properties = {}, required = [] } = schema ? resolved(schema, document) : {};
  return Object.entries(properties).map(([name, property]) =>
    fieldOf(name, 'body', required.includes(name), resolved(property, document)),
  );
}

function fieldOf(name: string, place: WireField['in'], isRequired: boolean, schema: ApiSchema): WireField {
  const control = controlOf(name, schema);
  const options = control === 'flag' ? ['true', 'false'] : (schema.enum ?? []);
  return { id: `${place}.${name}`, name, in: place, isRequired, control, options, initial: initialOf(name) };
}

function controlOf(name: string, schema: ApiSchema): WireControl {
  if (schema.enum) return 'choice';
  if (schema.format === 'binary') return 'file';
  const type = typeOf(schema);
  if (type === 'boolean') return 'flag';
  if (type === 'number' || type === 'integer') return 'number';
  if (type === 'object' || type === 'array') return 'json';
  return LONG.includes(name) ? 'text' : 'line';
}

function initialOf(name: string): string {
  if (name === 'user') return TRIAL_USER;
  return name === 'inputs' ? '{}' : '';
}

/** Piece by piece is how it is watched. */
function streaming(field: WireField): WireField {
  return field.name === 'response_mode' ? { ...field, initial: 'streaming' } : field;
}
