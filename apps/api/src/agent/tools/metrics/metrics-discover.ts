import type { Outbound } from '../../../platform/outbound/outbound.js';
import type { OpenSource } from '../../sources/source-kind.js';
import type { ToolSources } from '../../sources/tool-sources.js';
import type { AgentTool, ToolResult } from '../agent-tool.js';
import { resultFrom } from '../asked-source.js';
import { askPrometheus, PrometheusRefused } from './prometheus-api.js';

const WHAT = ['metrics', 'labels', 'values', 'targets'] as const;

interface MetricsDiscoverInput {
  what: (typeof WHAT)[number];
  source?: string;
  words?: string;
  metric?: string;
  label?: string;
}

interface Target {
  readonly health: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly scrapeUrl: string;
  readonly lastError: string;
  readonly lastScrape: string;
}

const MOST = 100;

/** Finds out what a Prometheus source has. */
export function metricsDiscover(sources: ToolSources, outbound: Outbound): AgentTool<MetricsDiscoverInput> {
  return {
    name: 'metrics_discover',
    description:
      'Finds out what a Prometheus source has. metrics: names with type and help, by words. labels: the label names of a metric. values: the values of a label. targets: what is scraped, and whether it is up, the ones that are down first with their error.',
    parameters: {
      type: 'object',
      properties: {
        what: { type: 'string', enum: WHAT, description: 'What to look for.' },
        source: { type: 'string', maxLength: 63, description: 'Which source; not needed when there is one only.' },
        words: {
          type: 'string',
          maxLength: 200,
          description: 'Only what has all these words, for example `disk free`.',
        },
        metric: { type: 'string', maxLength: 200, description: 'For labels and values: of this metric only.' },
        label: { type: 'string', maxLength: 200, description: 'For values: the label.' },
      },
      required: ['what'],
      additionalProperties: false,
    },
    risk: 'read',
    label: { en: 'Discover metrics', zh: '发现指标' },
    sourceKinds: ['prometheus'],

    run: (input, { signal }) =>
      resultFrom(() => new Discovery(outbound, sources.open(['prometheus'], input.source), input, signal).run(), {
        signal,
        refusals: [PrometheusRefused],
      }),
  };
}

class Discovery {
  private readonly words: readonly string[];

  constructor(
    private readonly outbound: Outbound,
    private readonly source: OpenSource,
    private readonly input: MetricsDiscoverInput,
    private readonly signal: AbortSignal,
  ) {
    this.words = (input.words ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  }

  run(): Promise<ToolResult> {
    const { what, label } = this.input;
    if (what === 'metrics') return this.metrics();
    if (what === 'labels') return this.names('labels');
    if (what === 'targets') return this.targets();
    if (!label || !/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(label)) {
      return Promise.resolve({ status: 'error', message: 'label must name a label; see what: labels.' });
    }
    return this.names(`label/${label}/values`);
  }

  private async metrics(): Promise<ToolResult> {
    const [names, kinds] = await Promise.all([
      this.ask<string[]>('label/__name__/values'),
      this.ask<Record<string, readonly { type: string; help: string }[]>>('metadata'),
    ]);
    const all = names.map((name) => ({ name, type: kinds[name]?.[0]?.type, help: kinds[name]?.[0]?.help }));
    const found = all.filter(({ name, help = '' }) => this.fits(`${name} ${help}`));
    return this.told('metrics', found, `metrics with the words "${this.words.join(' ')}"`);
  }

  private async names(path: string): Promise<ToolResult> {
    const { metric } = this.input;
    const query: Record<string, string> = metric === undefined ? {} : { 'match[]': metric };
    const names = await this.ask<string[]>(path, query);
    return this.told(
      this.input.what,
      names.filter((name) => this.fits(name)),
      path,
    );
  }

  private async targets(): Promise<ToolResult> {
    const { activeTargets } = await this.ask<{ activeTargets: readonly Target[] }>('targets', { state: 'active' });
    const all = activeTargets.map(({ health, labels, scrapeUrl, lastError, lastScrape }) => ({
      health,
      labels,
      url: scrapeUrl,
      last_scrape: lastScrape,
      ...(lastError === '' ? {} : { error: lastError }),
    }));
    const found = all.filter((target) => this.fits(JSON.stringify(target)));
    found.sort((a, b) => Number(a.health === 'up') - Number(b.health === 'up'));
    const down = found.filter(({ health }) => health !== 'up').length;
    return { ...this.told('targets', found, 'targets'), up: found.length - down, down };
  }

  private told(field: string, found: readonly unknown[], query: string): ToolResult {
    const about = { source: this.source.name, query, total: found.length };
    if (found.length === 0) return { status: 'no_data', message: 'Nothing matches.', ...about };
    const more = found.length > MOST ? { message: `These are the first ${MOST}; look for more words.` } : {};
    return { status: 'ok', ...about, [field]: found.slice(0, MOST), ...more };
  }

  private fits(text: string): boolean {
    const lower = text.toLowerCase();
    return this.words.every((word) => lower.includes(word));
  }

  private async ask<T>(path: string, query: Record<string, string> = {}): Promise<T> {
    return (await askPrometheus<T>(this.outbound, this.source, path, { query, signal: this.signal })).data;
  }
}
