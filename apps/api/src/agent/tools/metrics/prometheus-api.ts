import type { Outbound } from '../../../platform/outbound/outbound.js';
import { askSource, jsonOf } from '../../sources/http-source.js';
import type { OpenSource } from '../../sources/source-kind.js';

/** What Prometheus refuses, in its own words. */
export class PrometheusRefused extends Error {}

export type PrometheusQuery = Readonly<Record<string, string | readonly string[] | undefined>>;

/** A series as Prometheus answers it; values are `[seconds, "number"]`. */
export interface RawSeries {
  readonly metric: Readonly<Record<string, string>>;
  readonly value?: readonly [number, string];
  readonly values?: readonly (readonly [number, string])[];
}

interface Envelope<T> {
  readonly status?: string;
  readonly data?: T;
  readonly errorType?: string;
  readonly error?: string;
  readonly warnings?: readonly string[];
}

/**
 * One question to the query API. Source: prometheus.io/docs/prometheus/latest/querying/api
 * @throws PrometheusRefused, SourceFailed, the reason of `signal`
 */
export async function askPrometheus<T>(
  outbound: Outbound,
  source: OpenSource,
  path: string,
  { query, signal }: { query?: PrometheusQuery; signal: AbortSignal },
): Promise<{ data: T; warnings: readonly string[] }> {
  const answer = await askSource(outbound, source, { path: `/api/v1/${path}`, ...(query ? { query } : {}), signal });
  const { status, data, errorType, error, warnings = [] } = jsonOf<Envelope<T>>(source, answer);
  if (status !== 'success' || data === undefined) {
    throw new PrometheusRefused(`${errorType ?? `HTTP ${answer.status}`}: ${error ?? 'no reason was given'}`);
  }
  return { data, warnings };
}
