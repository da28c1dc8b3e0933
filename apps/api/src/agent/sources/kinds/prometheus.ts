import type { Outbound } from '../../../platform/outbound/outbound.js';
import { askSource, jsonOf, placeOfUrl, problemWithUrl } from '../http-source.js';
import { type SourceKind, SourceFailed } from '../source-kind.js';

/** A Prometheus server, or what answers like one. Source: prometheus.io/docs/prometheus/latest/querying/api */
export function prometheus(outbound: Outbound): SourceKind {
  return {
    kind: 'prometheus',
    required: ['url'],
    optional: ['username'],
    secrets: ['password', 'token'],
    problemWith: problemWithUrl,
    placeOf: placeOfUrl,

    async test(source, signal) {
      const answer = await askSource(outbound, source, { path: '/api/v1/query', query: { query: '1' }, signal });
      const { status } = jsonOf<{ status?: unknown }>(source, answer);
      if (answer.status !== 200 || status !== 'success') {
        throw new SourceFailed('wrong_service', `${source.name} did not answer as Prometheus (HTTP ${answer.status}).`);
      }
      // Servers that only speak its query API have no build information.
      const build = await askSource(outbound, source, { path: '/api/v1/status/buildinfo', signal });
      const { data } = build.status === 200 ? jsonOf<{ data?: { version?: string } }>(source, build) : {};
      return data?.version === undefined ? 'Answers queries.' : `Prometheus ${data.version}`;
    },
  };
}
