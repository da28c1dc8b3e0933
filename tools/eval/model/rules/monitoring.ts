import type { JsonObject } from '../../../provider-simulator/chat-request.ts';
import type { Call, Case, Look } from '../case.ts';
import { type Finding, listIn, objectOf, placesIn, type Rule, wordOf } from '../rule.ts';

const IS_WATCHDOG = /watchdog|deadman/i;
const IS_LESSER = /staging|test|dev|预发|测试/i;

/** What Prometheus and Alertmanager know: alerts, and targets that are down. */
export const monitoring: Rule = (seen) => {
  const calls: Call[] =
    seen.ofKind('prometheus', 'alertmanager').length > 0 ? [{ name: 'alerts_list', input: {} }] : [];
  for (const { name: source } of seen.ofKind('prometheus')) {
    calls.push({ name: 'metrics_discover', input: { what: 'targets', source } });
  }
  const down = seen.looksBy('metrics_discover').flatMap((look) =>
    listIn(look.data, 'targets')
      .filter(({ health }) => health === 'down')
      .map((target) => ({ look, target })),
  );
  const places = down.flatMap(({ target }) => placesIn(wordOf(target['url'])));
  calls.push(...places.map((target) => ({ name: 'net_probe', input: { target } })));
  const alerts = seen
    .looksBy('alerts_list')
    .flatMap((look) => listIn(look.data, 'alerts').map((alert) => ({ look, alert })));
  const found = down.map(({ look, target }) => downFinding(seen, look, target));
  const others = alerts
    .filter(({ alert }) => !down.some(({ target }) => isOf(alert, target)))
    .flatMap(({ look, alert }) => alertFinding(look, alert));
  return { calls, findings: [...found, ...others] };
};

function downFinding(seen: Case, look: Look, target: JsonObject): Finding {
  const labels = objectOf(target['labels']);
  const [job, url, error] = [wordOf(labels['job']), wordOf(target['url']), wordOf(target['error'])];
  const telling = seen
    .looksBy('alerts_list')
    .filter(({ data }) => listIn(data, 'alerts').some((alert) => isOf(alert, target) && alert['state'] === 'firing'));
  const probed = seen.looksBy('net_probe').filter(({ input }) => placesIn(url).includes(wordOf(input['target'])));
  const isLesser = Object.values(labels).some((label) => IS_LESSER.test(wordOf(label)));
  return {
    weight: 60 + (telling.length > 0 ? 20 : 0) - (isLesser ? 45 : 0),
    zh: `采集目标 ${url}（job ${job}）已宕，Prometheus 抓取报错：${error}`,
    en: `the target ${url} (job ${job}) is down, scraping it fails with: ${error}`,
    steps: [look, ...telling, ...probed].map(({ step }) => step),
  };
}

/** Whether an alert is about a target, by their labels. */
function isOf(alert: JsonObject, target: JsonObject): boolean {
  const [labels, ofTarget] = [objectOf(alert['labels']), objectOf(target['labels'])];
  return (
    ['job', 'instance'].every((name) => labels[name] === undefined || labels[name] === ofTarget[name]) &&
    labels['job'] !== undefined
  );
}

function alertFinding({ step }: Look, alert: JsonObject): Finding[] {
  const [name, state] = [wordOf(alert['name']), wordOf(alert['state'])];
  const summary = wordOf(objectOf(alert['annotations'])['summary']);
  if (IS_WATCHDOG.test(name) || state !== 'firing') return [];
  return [{ weight: 20, zh: `告警 ${name}：${summary}`, en: `alert ${name}: ${summary}`, steps: [step] }];
}
