import type { Outbound } from '../../../platform/outbound/outbound.js';
import { askSource, jsonOf } from '../../sources/http-source.js';
import { indicesOf, withKey } from '../../sources/kinds/elasticsearch.js';
import type { OpenSource } from '../../sources/source-kind.js';

/** What Elasticsearch refuses, in its own words. */
export class ElasticRefused extends Error {}

/** A field, and whether it is compared as a whole or by its words. */
export interface ElasticField {
  readonly name: string;
  readonly isWhole: boolean;
}

/** The fields that the indices of a source keep their logs in. */
export interface LogFields {
  readonly time: string;
  readonly message: readonly ElasticField[];
  readonly level: readonly ElasticField[];
  readonly service: readonly ElasticField[];
}

const TIME = ['@timestamp', 'timestamp', 'time', 'ts', 'date', 'datetime', 'event.created', 'observedTimestamp'];
const MESSAGE = ['message', 'msg', 'log', 'body', 'body.text', 'event.original', 'MESSAGE'];
const LEVEL = ['log.level', 'level', 'severity', 'severity_text', 'severityText', 'loglevel', 'levelname'];
const SERVICE = [
  ...['service.name', 'service', 'resource.attributes.service.name', 'app', 'application', 'kubernetes.labels.app'],
  ...[
    'kubernetes.deployment.name',
    'kubernetes.container.name',
    'kubernetes.container_name',
    'container.name',
    'systemd.unit',
  ],
];
const MOST_BYTES = 24 * 1024 * 1024;
const WHOLE = ['keyword', 'constant_keyword', 'wildcard'];
const WORDS = ['text', 'match_only_text'];

type Capabilities = Readonly<Record<string, Readonly<Record<string, { readonly searchable?: boolean }>>>>;

/** Finds the fields from the mapping. @throws ElasticRefused, SourceFailed */
export async function fieldsOf(
  outbound: Outbound,
  source: OpenSource,
  signal: AbortSignal,
): Promise<LogFields | undefined> {
  const candidates = [...TIME, ...[...MESSAGE, ...LEVEL, ...SERVICE].flatMap((name) => [name, `${name}.keyword`])];
  const known = await capabilities(outbound, source, candidates, signal);
  const dates = (fields: Capabilities): string[] =>
    Object.keys(fields).filter((name) => typesOf(fields, name).some(isDate));
  const time =
    TIME.find((name) => dates(known).includes(name)) ?? dates(await capabilities(outbound, source, ['*'], signal))[0];
  if (time === undefined) return undefined;
  const of = (names: readonly string[]): ElasticField[] =>
    names.flatMap((name) => [name, `${name}.keyword`]).flatMap((name) => fieldIn(known, name));
  return { time, message: of(MESSAGE), level: of(LEVEL), service: of(SERVICE) };
}

/** One question to the indices of a source. @throws ElasticRefused, SourceFailed, the reason of `signal` */
export async function askElastic<T>(
  outbound: Outbound,
  source: OpenSource,
  {
    path,
    query = {},
    body,
    signal,
  }: { path: string; query?: Record<string, string>; body?: unknown; signal: AbortSignal },
): Promise<T> {
  const request = {
    path: `/${indicesOf(source)}/${path}`,
    query: { ignore_unavailable: 'true', allow_no_indices: 'true', ...query },
    ...(body === undefined ? {} : { method: 'POST' as const, body }),
    maxBytes: MOST_BYTES,
    signal,
  };
  const answer = await askSource(outbound, source, withKey(source, request));
  const value = jsonOf<T & { error?: { reason?: string; root_cause?: readonly { reason?: string }[] } }>(
    source,
    answer,
  );
  if (answer.status === 200) return value;
  const reason = value.error?.root_cause?.[0]?.reason ?? value.error?.reason ?? 'no reason was given';
  throw new ElasticRefused(`HTTP ${answer.status}: ${reason}`);
}

async function capabilities(outbound: Outbound, source: OpenSource, names: readonly string[], signal: AbortSignal) {
  const query = { fields: names.join(',') };
  return (
    (await askElastic<{ fields?: Capabilities }>(outbound, source, { path: '_field_caps', query, signal })).fields ?? {}
  );
}

function fieldIn(known: Capabilities, name: string): ElasticField[] {
  const types = typesOf(known, name);
  if (types.some((type) => WORDS.includes(type))) return [{ name, isWhole: false }];
  return types.some((type) => WHOLE.includes(type)) ? [{ name, isWhole: true }] : [];
}

function typesOf(known: Capabilities, name: string): string[] {
  return Object.hasOwn(known, name) ? Object.keys(known[name] ?? {}) : [];
}

function isDate(type: string): boolean {
  return type === 'date' || type === 'date_nanos';
}
