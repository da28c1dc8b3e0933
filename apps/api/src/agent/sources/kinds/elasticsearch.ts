import type { Outbound } from '../../../platform/outbound/outbound.js';
import { askSource, jsonOf, placeOfUrl, problemWithUrl, type SourceRequest } from '../http-source.js';
import { type OpenSource, type SourceKind, SourceFailed } from '../source-kind.js';

/** An Elasticsearch or OpenSearch. Source: elastic.co/docs/api/doc/elasticsearch, docs.opensearch.org/latest/api-reference */
export function elasticsearch(outbound: Outbound): SourceKind {
  return {
    kind: 'elasticsearch',
    required: ['url'],
    optional: ['username', 'database'],
    secrets: ['password', 'token'],
    placeOf: placeOfUrl,

    problemWith(settings) {
      if (/[\s/?#\\]/.test(settings.database ?? '')) {
        return { setting: 'database', message: 'database must name indices, such as logs-*,app-*' };
      }
      return problemWithUrl(settings);
    },

    async test(source, signal) {
      const query = { fields: '@timestamp', ignore_unavailable: 'true' };
      const request = { path: `/${indicesOf(source)}/_field_caps`, query, signal };
      const answer = await askSource(outbound, source, withKey(source, request));
      const { indices } = jsonOf<{ indices?: readonly string[] }>(source, answer);
      if (answer.status !== 200 || indices === undefined) {
        throw new SourceFailed(
          'wrong_service',
          `${source.name} did not answer as Elasticsearch (HTTP ${answer.status}).`,
        );
      }
      return indices.length === 0
        ? 'Answers, but there are no such indices.'
        : `Indices: ${indices.slice(0, 10).join(', ')}.`;
    },
  };
}

/** The indices of a source, as they stand in a path. */
export function indicesOf({ settings: { database = '*' } }: OpenSource): string {
  return encodeURIComponent(database);
}

/** A token is an API key, unless it is a JWT. */
export function withKey({ secrets: { token } }: OpenSource, request: SourceRequest): SourceRequest {
  if (token === undefined || token.split('.').length === 3) return request;
  return { ...request, headers: { ...request.headers, authorization: `ApiKey ${token}` } };
}
