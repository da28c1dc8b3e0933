import type { Outbound } from '../../../platform/outbound/outbound.js';
import {
  askSource,
  jsonOf,
  placeOfUrl,
  problemWithUrl,
  type SourceAnswer,
  type SourceRequest,
} from '../http-source.js';
import { type OpenSource, type SourceKind, SourceFailed } from '../source-kind.js';

const UNAUTHORIZED = 401;
const FORBIDDEN = 403;
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
      const pods = await asked(outbound, source, { path, query: { limit: '1' }, signal });
      if (jsonOf<{ kind?: unknown } | null>(source, pods)?.kind !== 'PodList') throw wrong(source);
      const version = await asked(outbound, source, { path: '/version', signal });
      const { gitVersion } = jsonOf<{ gitVersion?: unknown }>(source, version);
      return `Kubernetes ${typeof gitVersion === 'string' ? gitVersion.slice(0, 60) : 'of an unknown version'}; pods of ${namespace ?? 'all namespaces'} can be read.`;
    },
  };
}

/** What the cluster says of a request that it did not do. Source: kubernetes.io/docs/reference/kubernetes-api/common-definitions/status */
export function refusalIn({ name }: OpenSource, { status, text }: SourceAnswer): string {
  if (status === UNAUTHORIZED) return `${name} refused the token (HTTP 401): it is wrong, or has expired.`;
  const { reason, message } = statusIn(text);
  // Not everything before and behind the API answers with a Status: `404 page not found`, `service unavailable`.
  const words = message ?? text;
  return `${name} answered ${status}${reason === undefined ? '' : ` ${reason.slice(0, 60)}`}: ${words.slice(0, 600).trim()}`;
}

function statusIn(text: string): { reason?: string; message?: string } {
  try {
    const { kind, reason, message } = JSON.parse(text) as Record<string, unknown>;
    if (kind !== 'Status') return {};
    return { ...(typeof reason === 'string' && { reason }), ...(typeof message === 'string' && { message }) };
  } catch {
    return {};
  }
}

async function asked(outbound: Outbound, source: OpenSource, request: SourceRequest): Promise<SourceAnswer> {
  const answer = await askSource(outbound, source, { ...request, tellsRefusals: true });
  const { status } = answer;
  if (status === 200) return answer;
  const isRight = status === UNAUTHORIZED || status === FORBIDDEN;
  throw new SourceFailed(isRight ? 'authentication' : 'wrong_service', refusalIn(source, answer));
}

function wrong({ name }: OpenSource): SourceFailed {
  return new SourceFailed('wrong_service', `${name} did not answer as Kubernetes.`);
}
