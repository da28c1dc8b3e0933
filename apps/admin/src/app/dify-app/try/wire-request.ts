import type { WireField, WireOperation } from './wire-operation.js';

/** What was entered, by the id of the field. */
export type WireValues = Readonly<Record<string, string>>;

/** What is sent. */
export interface WireRequest {
  readonly method: string;
  /** From the root of the server, with its query. */
  readonly url: string;
  readonly body: string | FormData | null;
}

/** A field that keeps the call from being made: part of the address is missing, or its JSON cannot be read. */
export interface WireFault {
  readonly field: string;
  readonly kind: 'missing' | 'json';
}

/** The id under which a whole body is entered as text. */
export const RAW_BODY = 'raw';

/**
 * The call that the entered values make. What is empty is left out, so that the server's own answer to what is missing can be
 * seen; only an address needs all its parts.
 * @param rawBody the body as text, sent as it is; null makes it of the fields
 */
export function wireRequest(
  operation: WireOperation,
  values: WireValues,
  file: File | null,
  rawBody: string | null,
): WireRequest | WireFault {
  const entered = operation.fields.filter(({ id }) => (values[id] ?? '') !== '');
  const missing = operation.fields.find((field) => field.in === 'path' && !entered.includes(field));
  if (missing) return { field: missing.id, kind: 'missing' };
  const { method } = operation;
  const url = addressOf(operation, entered, values);
  if (!operation.hasBody) return { method, url, body: null };
  if (operation.hasFile) return { method, url, body: formOf(entered, values, file) };
  return rawBody === null ? jsonRequest(method, url, entered, values) : { method, url, body: rawBody };
}

export function isFault(made: WireRequest | WireFault): made is WireFault {
  return 'kind' in made;
}

/** The same call for a terminal, with the key from the environment. */
export function curlOf({ method, url, body }: WireRequest, origin: string): string {
  const parts = [`curl --no-buffer --request ${method} ${quoted(origin + url)}`];
  parts.push('--header "Authorization: Bearer $OPSAGENT_API_KEY"');
  if (typeof body === 'string') parts.push(`--header 'Content-Type: application/json'`, `--data-raw ${quoted(body)}`);
  // What is typed may begin with `@`, which would name a file.
  if (body instanceof FormData)
    for (const [name, value] of body.entries())
      parts.push(
        typeof value === 'string'
          ? `--form-string ${quoted(`${name}=${value}`)}`
          : `--form ${quoted(`${name}=@${value.name}`)}`,
      );
  return `${parts.join(' \\\n  ')}\n`;
}

/** The body of the fields, laid out for reading. */
export function bodyText(operation: WireOperation, values: WireValues): string {
  const entered = operation.fields.filter(({ id }) => (values[id] ?? '') !== '');
  const body = bodyOf(entered, values);
  return 'kind' in body ? '{}' : JSON.stringify(body.value, null, 2);
}

function addressOf({ path }: WireOperation, entered: readonly WireField[], values: WireValues): string {
  const at = (name: string): string => encodeURIComponent(values[`path.${name}`] ?? '');
  const query = new URLSearchParams(
    entered.filter((field) => field.in === 'query').map(({ id, name }) => [name, values[id] ?? '']),
  ).toString();
  return path.replace(/\{([^}]*)\}/g, (_, name: string) => at(name)) + (query ? `?${query}` : '');
}

function formOf(entered: readonly WireField[], values: WireValues, file: File | null): FormData {
  const form = new FormData();
  for (const { id, name, in: place, control } of entered)
    if (place === 'body' && control !== 'file') form.append(name, values[id] ?? '');
  if (file) form.append('file', file);
  return form;
}

function jsonRequest(
  method: string,
  url: string,
  entered: readonly WireField[],
  values: WireValues,
): WireRequest | WireFault {
  const body = bodyOf(entered, values);
  return 'kind' in body ? body : { method, url, body: JSON.stringify(body.value) };
}

function bodyOf(entered: readonly WireField[], values: WireValues): { value: Record<string, unknown> } | WireFault {
  const value: Record<string, unknown> = {};
  for (const field of entered) {
    if (field.in !== 'body') continue;
    const text = values[field.id] ?? '';
    const read = valueOf(field, text);
    if (read === undefined) return { field: field.id, kind: 'json' };
    value[field.name] = read;
  }
  return { value };
}

/** Undefined where the text is no JSON. */
function valueOf({ control }: WireField, text: string): unknown {
  if (control === 'flag') return text === 'true';
  if (control === 'number') return Number(text);
  if (control !== 'json') return text;
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** For a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
