import type { Outbound } from '../../../platform/outbound/outbound.js';
import { askSource, jsonOf } from '../../sources/http-source.js';
import { type OpenSource, SourceFailed } from '../../sources/source-kind.js';
import type { ToolSources } from '../../sources/tool-sources.js';
import type { AgentTool, ToolResult } from '../agent-tool.js';
import { resultFrom } from '../asked-source.js';
import { askPrometheus, PrometheusRefused } from './prometheus-api.js';
import { valueOf } from './series.js';

const KINDS = ['alertmanager', 'prometheus'] as const;
const MOST = 50;

interface AlertsListInput {
  source?: string;
  words?: string;
}

type Labels = Readonly<Record<string, string>>;

/** One alert, whichever source told of it. */
interface Alert {
  readonly name: string;
  readonly state: 'firing' | 'pending' | 'silenced' | 'inhibited';
  readonly since: string;
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly value?: number | string;
  readonly sources: readonly string[];
}

/** Lists alerts, from one source or all of them, each once. */
export function alertsList(sources: ToolSources, outbound: Outbound): AgentTool<AlertsListInput> {
  return {
    name: 'alerts_list',
    description:
      'Lists the present alerts of Alertmanager and Prometheus sources: firing, pending, silenced and inhibited ones, with since when, labels, annotations and value. Each alert once, though several sources tell of it.',
    parameters: {
      type: 'object',
      properties: {
        source: { type: 'string', maxLength: 63, description: 'Of this source only; all of them when left out.' },
        words: { type: 'string', maxLength: 200, description: 'Only alerts that have all these words somewhere.' },
      },
      additionalProperties: false,
    },
    risk: 'read',
    label: { en: 'List alerts', zh: '查看告警' },
    sourceKinds: KINDS,

    run: (input, { signal }) =>
      resultFrom(
        async () => {
          const { source } = input;
          const asked = source === undefined ? sources.list(KINDS).map(({ name }) => name) : [source];
          const open = asked.map((name) => sources.open(KINDS, name));
          const answers = await Promise.allSettled(open.map((one) => alertsOf(outbound, one, signal)));
          signal.throwIfAborted();
          return toldAlerts(asked, answers, input.words ?? '');
        },
        { signal },
      ),
  };
}

function toldAlerts(asked: readonly string[], answers: PromiseSettledResult<Alert[]>[], words: string): ToolResult {
  const failed = answers.flatMap((answer) => (answer.status === 'rejected' ? [reasonOf(answer.reason)] : []));
  const about = { sources: asked, query: 'present alerts', ...(failed.length > 0 ? { failed } : {}) };
  if (failed.length === answers.length) return { status: 'error', message: failed.join(' '), ...about };
  const all = merged(answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : [])));
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const found = all.filter((alert) => {
    const text = JSON.stringify(alert).toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
  if (found.length === 0) return { status: 'no_data', message: 'There are no such alerts.', ...about };
  const more = found.length > MOST ? { message: `${found.length} alerts; these are the first ${MOST}.` } : {};
  return { status: 'ok', ...about, total: found.length, alerts: found.slice(0, MOST), ...more };
}

function reasonOf(error: unknown): string {
  if (error instanceof SourceFailed || error instanceof PrometheusRefused) return error.message;
  throw error;
}

function alertsOf(outbound: Outbound, source: OpenSource, signal: AbortSignal): Promise<Alert[]> {
  return source.kind === 'alertmanager'
    ? ofAlertmanager(outbound, source, signal)
    : ofPrometheus(outbound, source, signal);
}

interface AlertmanagerAlert {
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly startsAt: string;
  readonly status: { readonly state: string; readonly silencedBy: unknown[]; readonly inhibitedBy: unknown[] };
}

/** Source: github.com/prometheus/alertmanager, api/v2/openapi.yaml */
async function ofAlertmanager(outbound: Outbound, source: OpenSource, signal: AbortSignal): Promise<Alert[]> {
  const answer = await askSource(outbound, source, { path: '/api/v2/alerts', signal });
  const alerts = jsonOf<readonly AlertmanagerAlert[]>(source, answer);
  if (!Array.isArray(alerts)) throw new SourceFailed('wrong_service', `${source.name} did not answer with alerts.`);
  return (alerts as readonly AlertmanagerAlert[]).map(({ labels, annotations, startsAt, status }) => ({
    name: labels.alertname ?? '',
    state: status.silencedBy.length > 0 ? 'silenced' : status.inhibitedBy.length > 0 ? 'inhibited' : 'firing',
    since: startsAt,
    labels,
    annotations,
    sources: [source.name],
  }));
}

interface PrometheusAlert {
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly state: 'firing' | 'pending';
  readonly activeAt: string;
  readonly value: string;
}

async function ofPrometheus(outbound: Outbound, source: OpenSource, signal: AbortSignal): Promise<Alert[]> {
  const asked = askPrometheus<{ alerts: readonly PrometheusAlert[] }>(outbound, source, 'alerts', { signal });
  return (await asked).data.alerts.map(({ labels, annotations, state, activeAt, value }) => ({
    name: labels.alertname ?? '',
    state,
    since: activeAt,
    labels,
    annotations,
    value: valueOf(value),
    sources: [source.name],
  }));
}

/** Alerts with the same labels are one; what Alertmanager says of its state counts more, the value comes from Prometheus. */
function merged(alerts: readonly Alert[]): Alert[] {
  const byLabels = new Map<string, Alert>();
  for (const alert of alerts) {
    const key = JSON.stringify(Object.entries(alert.labels).sort(([a], [b]) => (a < b ? -1 : 1)));
    const known = byLabels.get(key);
    const [first, second] = known?.value === undefined ? [known, alert] : [alert, known];
    byLabels.set(key, { ...second, ...first, sources: [...(known?.sources ?? []), ...alert.sources] });
  }
  return [...byLabels.values()];
}
