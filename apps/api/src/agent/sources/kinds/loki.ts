import type { Outbound } from '../../../platform/outbound/outbound.js';
import { askSource, jsonOf, placeOfUrl, problemWithUrl } from '../http-source.js';
import { type OpenSource, type SourceKind, SourceFailed } from '../source-kind.js';

/** A Grafana Loki. Source: grafana.com/docs/loki/latest/reference/loki-http-api */
export function loki(outbound: Outbound): SourceKind {
  return {
    kind: 'loki',
    required: ['url'],
    optional: ['username', 'database'],
    secrets: ['password', 'token'],
    problemWith: problemWithUrl,
    placeOf: placeOfUrl,

    async test(source, signal) {
      const headers = tenantOf(source);
      const answer = await askSource(outbound, source, { path: '/loki/api/v1/labels', headers, signal });
      if (answer.status !== 200) throw wrong(source, answer.status, answer.text);
      const { status, data = [] } = jsonOf<{ status?: unknown; data?: readonly string[] }>(source, answer);
      if (status !== 'success') throw wrong(source, answer.status, answer.text);
      return data.length === 0
        ? 'Answers, but has no logs of the last hours.'
        : `Logs with labels: ${data.slice(0, 10).join(', ')}.`;
    },
  };
}

/** The tenant of a Loki that has several. */
export function tenantOf({ settings: { database } }: OpenSource): Record<string, string> {
  return database === undefined ? {} : { 'x-scope-orgid': database };
}

function wrong({ name }: OpenSource, status: number, text: string): SourceFailed {
  return new SourceFailed('wrong_service', `${name} did not answer as Loki (HTTP ${status}): ${text.slice(0, 200)}`);
}
