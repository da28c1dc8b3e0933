import type { Outbound } from '../../../platform/outbound/outbound.js';
import { askSource, jsonOf, placeOfUrl, problemWithUrl } from '../http-source.js';
import { type OpenSource, type SourceKind, SourceFailed } from '../source-kind.js';

const NAMESPACE = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** The API server of a Kubernetes cluster; `database` is the namespace that is usually meant. Source: kubernetes.io/docs/reference/kubernetes-api */
export function kubernetes(outbound: Outbound): SourceKind {
  return {
    kind: 'kubernetes',
    required: ['url'],
    optional: ['database'],
    secrets: ['token'],
    placeOf: placeOfUrl,

    problemWith(settings) {
      if (!NAMESPACE.test(settings.database ?? 'default')) {
        return { setting: 'database', message: 'database must name a namespace' };
      }
      return problemWithUrl(settings);
    },

    /** Reading pods is what nobody may without the token; the version is told to everybody. */
    async test(source, signal) {
      const { database: namespace } = source.settings;
      const path = namespace === undefined ? '/api/v1/pods' : `/api/v1/namespaces/${namespace}/pods`;
      const pods = await askSource(outbound, source, { path, query: { limit: '1' }, signal });
      if (pods.status !== 200 || jsonOf<{ kind?: unknown }>(source, pods).kind !== 'PodList') {
        throw wrong(source, pods.status);
      }
      const version = await askSource(outbound, source, { path: '/version', signal });
      if (version.status !== 200) throw wrong(source, version.status);
      const { gitVersion } = jsonOf<{ gitVersion?: unknown }>(source, version);
      return `Kubernetes ${typeof gitVersion === 'string' ? gitVersion.slice(0, 60) : 'of an unknown version'}; pods of ${namespace ?? 'all namespaces'} can be read.`;
    },
  };
}

function wrong({ name }: OpenSource, status: number): SourceFailed {
  return new SourceFailed('wrong_service', `${name} did not answer as Kubernetes (HTTP ${status}).`);
}
