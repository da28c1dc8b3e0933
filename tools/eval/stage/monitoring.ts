import type { Workspace } from './workspace.ts';

export interface Job {
  readonly name: string;
  /** `host:port` */
  readonly target: string;
  readonly labels?: Readonly<Record<string, string>>;
}

export interface AlertRule {
  readonly alert: string;
  readonly expr: string;
  readonly severity: string;
  readonly summary: string;
}

export interface Monitoring {
  readonly jobs: readonly Job[];
  readonly rules: readonly AlertRule[];
  /** The alert that Alertmanager has to know before anybody is asked. */
  readonly waitFor?: string;
  /** A metric that has to be there before anybody is asked. */
  readonly waitForMetric?: string;
}

/** Starts a real Prometheus and, where there are rules, a real Alertmanager, and registers them. */
export async function startMonitoring(workspace: Workspace, monitoring: Monitoring): Promise<void> {
  const alertmanager = monitoring.rules.length > 0 ? await startAlertmanager(workspace) : undefined;
  const prometheus = await startPrometheus(workspace, monitoring, alertmanager);
  const { waitFor, waitForMetric } = monitoring;
  if (waitFor !== undefined)
    await workspace.until(`the alert ${waitFor}`, async () =>
      (await textOf(`${alertmanager}/api/v2/alerts`)).includes(`"${waitFor}"`),
    );
  if (waitForMetric !== undefined) {
    const query = encodeURIComponent(waitForMetric);
    await workspace.until(waitForMetric, async () =>
      (await textOf(`${prometheus}/api/v1/query?query=${query}`)).includes('"value":'),
    );
  }
}

async function startAlertmanager(workspace: Workspace): Promise<string> {
  const port = await workspace.port();
  const url = `http://127.0.0.1:${port}`;
  const config = await workspace.file(
    'alertmanager/am.yml',
    'route: { receiver: none, group_wait: 0s }\nreceivers: [ { name: none } ]\n',
  );
  const args = [`--config.file=${config}`, `--storage.path=${workspace.folder}/alertmanager/data`];
  const listening = [`--web.listen-address=127.0.0.1:${port}`, '--cluster.listen-address='];
  await workspace.program('prometheus-alertmanager', [...args, ...listening], () => isReady(url));
  workspace.sources.push({ name: 'alertmanager', kind: 'alertmanager', settings: { url } });
  return url;
}

async function startPrometheus(
  workspace: Workspace,
  { jobs, rules }: Monitoring,
  alertmanager: string | undefined,
): Promise<string> {
  const port = await workspace.port();
  const url = `http://127.0.0.1:${port}`;
  const config = {
    global: { scrape_interval: '1s', scrape_timeout: '1s', evaluation_interval: '1s' },
    rule_files: ['rules.json'],
    ...(alertmanager === undefined
      ? {}
      : { alerting: { alertmanagers: [{ static_configs: [{ targets: [alertmanager.replace('http://', '')] }] }] } }),
    scrape_configs: jobs.map(({ name, target, labels = {} }) => ({
      job_name: name,
      static_configs: [{ targets: [target], labels }],
    })),
  };
  const told = rules.map(({ alert, expr, severity, summary }) => ({
    alert,
    expr,
    labels: { severity },
    annotations: { summary },
  }));
  // JSON is YAML as well.
  await workspace.file('prometheus/rules.json', JSON.stringify({ groups: [{ name: 'rules', rules: told }] }));
  const file = await workspace.file('prometheus/prometheus.yml', JSON.stringify(config));
  const args = [
    '--rules.alert.resend-delay=1s',
    `--config.file=${file}`,
    `--storage.tsdb.path=${workspace.folder}/prometheus/data`,
  ];
  await workspace.program('prometheus', [...args, `--web.listen-address=127.0.0.1:${port}`], () => isReady(url));
  workspace.sources.push({ name: 'prometheus', kind: 'prometheus', settings: { url } });
  return url;
}

async function isReady(url: string): Promise<boolean> {
  return (await fetch(`${url}/-/ready`)).ok;
}

async function textOf(url: string): Promise<string> {
  return (await fetch(url)).text();
}
