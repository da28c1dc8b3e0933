import type {
  AppsV1Api,
  AutoscalingV2Api,
  BatchV1Api,
  CoreV1Api,
  CustomObjectsApi,
  NetworkingV1Api,
  RequestContext,
  ResponseContext,
} from '@kubernetes/client-node';
import type { Outbound } from '../../../platform/outbound/outbound.js';
import { askSource, type SourceAnswer } from '../../sources/http-source.js';
import { refusalIn } from '../../sources/kinds/kubernetes.js';
import { type OpenSource, SourceFailed } from '../../sources/source-kind.js';

/** The parts of a cluster's API that are read. */
export interface Cluster {
  readonly core: CoreV1Api;
  readonly apps: AppsV1Api;
  readonly batch: BatchV1Api;
  readonly networking: NetworkingV1Api;
  readonly autoscaling: AutoscalingV2Api;
  readonly custom: CustomObjectsApi;
  /** The requests that were made, as method and path. */
  readonly asked: readonly string[];
}

/** The cluster answered, and says no; the message is what it said. */
export class ClusterRefused extends Error {
  constructor(
    message?: string,
    readonly status = 0,
  ) {
    super(message);
  }
}

const UNAUTHORIZED = 401;
const NOWHERE = 'http://cluster';
const LOG = /\/pods\/[^/]+\/log$/;
const CONFIG_MAPS = /^\/api\/v1\/(namespaces\/[^/]+\/)?configmaps$/;
/** What ConfigMaps hold does not even leave the cluster. Source: kubernetes.io/docs/reference/using-api/api-concepts, metadata-only fetches */
const NAMES_ONLY = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';

/** The cluster behind a source: Kubernetes' own client, whose every request goes out by `askSource`. */
export async function openCluster(outbound: Outbound, source: OpenSource, signal: AbortSignal): Promise<Cluster> {
  // Some 80 MB and a second: only who asks a cluster pays for it.
  const client = await import('@kubernetes/client-node');
  signal.throwIfAborted();
  const asked: string[] = [];
  const send = async (request: RequestContext): Promise<ResponseContext> => {
    const { pathname, search } = new URL(request.getUrl());
    const method = request.getHttpMethod();
    if (method !== 'GET') throw new Error(`A cluster is only read, but ${method} ${pathname} was asked.`);
    asked.push(`GET ${pathname}${search}`);
    const headers = CONFIG_MAPS.test(pathname) ? { accept: NAMES_ONLY } : { accept: 'application/json, */*;q=0.8' };
    const answer = await askSource(outbound, source, {
      ...{ path: pathname + search, headers, signal, tellsRefusals: true },
    });
    if (answer.status !== 200) throw refusalOf(source, answer);
    const type = LOG.test(pathname) ? 'text/plain' : 'application/json';
    return new client.ResponseContext(200, { 'content-type': type }, bodyOf(answer.text));
  };
  const configuration = client.createConfiguration({
    baseServer: new client.ServerConfiguration(NOWHERE, {}),
    httpApi: client.wrapHttpLibrary({ send }),
  });
  return {
    core: new client.CoreV1Api(configuration),
    apps: new client.AppsV1Api(configuration),
    batch: new client.BatchV1Api(configuration),
    networking: new client.NetworkingV1Api(configuration),
    autoscaling: new client.AutoscalingV2Api(configuration),
    custom: new client.CustomObjectsApi(configuration),
    asked,
  };
}

/** Reads what a cluster has answered. @throws SourceFailed where the answer is none of Kubernetes */
export async function asAnswered<T>({ name }: OpenSource, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    // Values of other types than the API has, and moments that are none.
    if (!(error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError)) throw error;
    throw new SourceFailed('wrong_service', `${name} did not answer as Kubernetes.`, { cause: error });
  }
}

function bodyOf(text: string) {
  return {
    text: () => Promise.resolve(text),
    binary: () => Promise.resolve(Buffer.from(text)),
    stream: () => null,
  };
}

function refusalOf(source: OpenSource, answer: SourceAnswer): Error {
  const { status } = answer;
  const message = refusalIn(source, answer);
  return status === UNAUTHORIZED ? new SourceFailed('authentication', message) : new ClusterRefused(message, status);
}
