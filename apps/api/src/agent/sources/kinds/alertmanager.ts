import type { Outbound } from '../../../platform/outbound/outbound.js';
import { askSource, jsonOf, placeOfUrl, problemWithUrl } from '../http-source.js';
import { type SourceKind, SourceFailed } from '../source-kind.js';

/** An Alertmanager. Source: github.com/prometheus/alertmanager, api/v2/openapi.yaml */
export function alertmanager(outbound: Outbound): SourceKind {
  return {
    kind: 'alertmanager',
    required: ['url'],
    optional: ['username'],
    secrets: ['password', 'token'],
    problemWith: problemWithUrl,
    placeOf: placeOfUrl,

    async test(source, signal) {
      const answer = await askSource(outbound, source, { path: '/api/v2/status', signal });
      const { versionInfo } = jsonOf<{ versionInfo?: { version?: string } }>(source, answer);
      if (answer.status !== 200 || versionInfo === undefined) {
        throw new SourceFailed(
          'wrong_service',
          `${source.name} did not answer as Alertmanager (HTTP ${answer.status}).`,
        );
      }
      return `Alertmanager ${versionInfo.version ?? ''}`.trim();
    },
  };
}
