import type { Clock } from '../../../platform/clock/clock.js';
import type { Outbound } from '../../../platform/outbound/outbound.js';
import type { OpenSource } from '../../sources/source-kind.js';
import type { ToolSources } from '../../sources/tool-sources.js';
import type { AgentTool, ToolResult } from '../agent-tool.js';
import { resultFrom } from '../asked-source.js';
import { durationOf, isoOf, secondsOf } from '../moments.js';
import { askPrometheus, PrometheusRefused, type RawSeries } from './prometheus-api.js';
import { toldSeries, valueOf } from './series.js';

interface MetricsQueryInput {
  query: string;
  source?: string;
  start?: string;
  end?: string;
  step?: string;
}

interface SeriesAnswer {
  resultType: 'vector' | 'matrix';
  result: readonly RawSeries[];
}
interface ValueAnswer {
  resultType: 'scalar' | 'string';
  result: readonly [number, string];
}
type Answer = SeriesAnswer | ValueAnswer;

const MOST_SERIES = 50;
const MOST_SERIES_OVER_TIME = 20;
/** Prometheus refuses more than 11,000 points a series; this is more than anybody reads. */
const USUAL_POINTS = 240;

/** Evaluates PromQL, now or over a time. */
export function metricsQuery(sources: ToolSources, outbound: Outbound, clock: Clock): AgentTool<MetricsQueryInput> {
  return {
    name: 'metrics_query',
    description:
      'Evaluates a PromQL expression on a Prometheus source: at one moment, or over a time when `start` is given (then each series is told by first, last, min, max, avg, trend and some points). Use rate() for counters, and topk() or sum by() rather than hundreds of series. Find names with metrics_discover.',
    parameters: {
      type: 'object',
      properties: {
        query: { type: 'string', maxLength: 4_000, description: 'The PromQL expression.' },
        source: { type: 'string', maxLength: 63, description: 'Which source; not needed when there is one only.' },
        start: { type: 'string', maxLength: 40, description: 'Over a time: from when. `now-1h`, or ISO 8601.' },
        end: { type: 'string', maxLength: 40, description: 'Until when, or the one moment; now when left out.' },
        step: {
          type: 'string',
          maxLength: 10,
          description: 'Between two points, such as `30s`; chosen when left out.',
        },
      },
      required: ['query'],
      additionalProperties: false,
    },
    risk: 'read',
    label: { en: 'Query metrics', zh: '查询指标' },
    sourceKinds: ['prometheus'],

    run: (input, { signal }) =>
      resultFrom(
        () => {
          const source = sources.open(['prometheus'], input.source);
          return input.start === undefined
            ? atOnce(outbound, source, input, clock, signal)
            : overTime(outbound, source, { ...input, start: input.start }, clock, signal);
        },
        { signal, query: input.query, refusals: [PrometheusRefused] },
      ),
  };
}

async function atOnce(
  outbound: Outbound,
  source: OpenSource,
  { query, end = 'now' }: MetricsQueryInput,
  clock: Clock,
  signal: AbortSignal,
): Promise<ToolResult> {
  const seconds = secondsOf(end, clock.now().getTime());
  if (seconds === undefined) return wrongTime('end');
  const asked = { query: { query, time: seconds.toFixed(3) }, signal };
  const { data, warnings } = await askPrometheus<Answer>(outbound, source, 'query', asked);
  const about = { source: source.name, query, at: isoOf(seconds), ...said(warnings) };
  if (!isOfSeries(data)) {
    return { status: 'ok', ...about, value: valueOf(data.result[1]) };
  }
  if (data.result.length === 0) return { status: 'no_data', message: NOTHING, ...about };
  const series = data.result.slice(0, MOST_SERIES).map(({ metric, value, values }) => ({
    labels: metric,
    value: valueOf((value ?? values?.at(-1))?.[1]),
  }));
  return { status: 'ok', ...about, series, ...leftOut(data.result.length, MOST_SERIES) };
}

async function overTime(
  outbound: Outbound,
  source: OpenSource,
  { query, start, end = 'now', step }: MetricsQueryInput & { start: string },
  clock: Clock,
  signal: AbortSignal,
): Promise<ToolResult> {
  const nowMs = clock.now().getTime();
  const [from, to] = [secondsOf(start, nowMs), secondsOf(end, nowMs)];
  if (from === undefined) return wrongTime('start');
  if (to === undefined || to <= from) return wrongTime('end');
  const seconds = step === undefined ? Math.max(1, Math.ceil((to - from) / USUAL_POINTS)) : durationOf(step);
  if (seconds === undefined) return { status: 'error', message: 'step must be a duration such as 30s or 5m.' };
  const asked = { query: { query, start: from.toFixed(3), end: to.toFixed(3), step: String(seconds) }, signal };
  const { data, warnings } = await askPrometheus<Answer>(outbound, source, 'query_range', asked);
  const time = { from: isoOf(from), to: isoOf(to), step: `${seconds}s` };
  const about = { source: source.name, query, ...time, ...said(warnings) };
  const all = isOfSeries(data) ? data.result : [];
  if (all.length === 0) return { status: 'no_data', message: NOTHING, ...about };
  const series = all.slice(0, MOST_SERIES_OVER_TIME).map(toldSeries);
  return { status: 'ok', ...about, series, ...leftOut(all.length, MOST_SERIES_OVER_TIME) };
}

function isOfSeries(answer: Answer): answer is SeriesAnswer {
  return answer.resultType === 'vector' || answer.resultType === 'matrix';
}

const NOTHING = 'No series matches. Check the names and labels with metrics_discover.';

function wrongTime(field: string): ToolResult {
  return {
    status: 'error',
    message: `${field} must be a time such as now-1h or ISO 8601, and end must be after start.`,
  };
}

function said(warnings: readonly string[]): { warnings?: readonly string[] } {
  return warnings.length === 0 ? {} : { warnings };
}

function leftOut(all: number, shown: number): { message?: string } {
  return all <= shown ? {} : { message: `${all} series match; these are the first ${shown}. Aggregate or use topk().` };
}
