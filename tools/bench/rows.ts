/** One line of the table. */
export interface Row {
  readonly id: string;
  readonly label: string;
  readonly digits: number;
  /** The figure minus the same one straight to the simulator, which then has none. */
  readonly isAdded?: boolean;
  readonly goal?: Goal | LeastGoal;
}

/** What we mean to reach; on another machine the ratio decides. */
export interface Goal {
  readonly atMost: number;
  /** How many times the raw proxy's figure is enough as well. */
  readonly timesProxy?: number;
}

/** What a rate must not be below: a share of the rate of another target in the same run. */
export interface LeastGoal {
  readonly atLeast: number;
  readonly of: 'direct' | 'raw proxy';
}

export const ROWS: readonly Row[] = [
  {
    id: 'blocking-1-p50',
    label: 'Blocking, 1 client: added latency p50, ms',
    digits: 2,
    isAdded: true,
    goal: { atMost: 0.9 },
  },
  {
    id: 'blocking-1-p99',
    label: 'Blocking, 1 client: added latency p99, ms',
    digits: 2,
    isAdded: true,
    goal: { atMost: 4 },
  },
  { id: 'blocking-1-rate', label: 'Blocking, 1 client: requests/s', digits: 0 },
  {
    id: 'blocking-16-rate',
    label: 'Blocking, 16 clients: requests/s',
    digits: 0,
    goal: { atLeast: 0.25, of: 'raw proxy' },
  },
  { id: 'blocking-16-p50', label: 'Blocking, 16 clients: added latency p50, ms', digits: 2, isAdded: true },
  { id: 'blocking-16-p99', label: 'Blocking, 16 clients: added latency p99, ms', digits: 2, isAdded: true },
  {
    id: 'blocking-16-cpu',
    label: 'Blocking, 16 clients: CPU per request, ms',
    digits: 3,
    goal: { atMost: 0.2, timesProxy: 3.3 },
  },
  {
    id: 'blocking-16-database',
    label: 'Blocking, 16 clients: PostgreSQL CPU per request, ms',
    digits: 3,
    goal: { atMost: 0.06 },
  },
  {
    id: 'first-1',
    label: 'First token, 1 stream, model answers after 50 ms: added p50, ms',
    digits: 2,
    isAdded: true,
    goal: { atMost: 1.8 },
  },
  {
    id: 'first-1-at-once',
    label: 'First token, 1 stream, model answers at once: added p50, ms',
    digits: 2,
    isAdded: true,
  },
  {
    id: 'first-64-p50',
    label: 'First token, 64 paced streams: added p50, ms',
    digits: 2,
    isAdded: true,
    goal: { atMost: 4 },
  },
  {
    id: 'first-64-p99',
    label: 'First token, 64 paced streams: added p99, ms',
    digits: 2,
    isAdded: true,
    goal: { atMost: 15 },
  },
  {
    id: 'piece-64-p50',
    label: '64 paced streams: latency of a piece from the model, added p50, ms',
    digits: 2,
    isAdded: true,
  },
  {
    id: 'piece-64-p99',
    label: '64 paced streams: latency of a piece from the model, added p99, ms',
    digits: 2,
    isAdded: true,
  },
  {
    id: 'streaming-16-rate',
    label: 'Saturated, 16 streams: pieces/s',
    digits: 0,
    goal: { atLeast: 0.9, of: 'direct' },
  },
  {
    id: 'streaming-16-cpu',
    label: 'Saturated, 16 streams: CPU per 1,000 pieces, ms',
    digits: 1,
    goal: { atMost: 9, timesProxy: 1.2 },
  },
  {
    id: 'streaming-64-rate',
    label: 'Saturated, 64 streams: pieces/s',
    digits: 0,
    goal: { atLeast: 0.9, of: 'direct' },
  },
  { id: 'streaming-64-cpu', label: 'Saturated, 64 streams: CPU per 1,000 pieces, ms', digits: 1 },
  {
    id: 'paced-cpu',
    label: 'Paced, 64 streams: CPU per 1,000 pieces, ms',
    digits: 1,
    goal: { atMost: 55, timesProxy: 1.4 },
  },
  {
    id: 'memory-stream',
    label: '1,000 open streams: memory of each, kB',
    digits: 0,
    goal: { atMost: 60, timesProxy: 1.3 },
  },
  { id: 'memory-all', label: '1,000 open streams: memory in all, MB', digits: 0, goal: { atMost: 220 } },
  { id: 'memory-first', label: '1,000 streams opening: first token p50, ms', digits: 1, goal: { atMost: 20 } },
  { id: 'start-fresh', label: 'Start to first healthy, empty data folder, ms', digits: 0, goal: { atMost: 2500 } },
  { id: 'start-warm', label: 'Start to first healthy, with data, ms', digits: 0, goal: { atMost: 1000 } },
  { id: 'rest', label: 'Memory at rest, MB', digits: 0, goal: { atMost: 140 } },
  { id: 'agent-tool-first', label: 'Agent, the first turn ever, with one tool call: CPU, ms', digits: 0 },
  { id: 'agent-rest', label: 'Memory at rest after it, MB', digits: 0, goal: { atMost: 240 } },
  { id: 'agent-plain', label: 'Agent, no tool called, 16 clients: CPU per turn, ms', digits: 2, goal: { atMost: 0.5 } },
  {
    id: 'agent-tool',
    label: 'Agent, one tool call, later, 16 clients: CPU per turn, ms',
    digits: 2,
    goal: { atMost: 0.8 },
  },
  {
    id: 'agent-step-1',
    label: 'Agent, a step and the next call of the model, 1 client: p95, ms',
    digits: 1,
    goal: { atMost: 50 },
  },
  {
    id: 'agent-step-16',
    label: 'Agent, a step and the next call of the model, 16 clients: p95, ms',
    digits: 1,
  },
  { id: 'list-page', label: '10,000 configurations, a page of 1,000: p95, ms', digits: 0 },
  { id: 'list-details', label: '10,000 configurations, a page of 1,000 with details: p95, ms', digits: 0 },
  { id: 'list-search', label: '10,000 configurations, a search: p95, ms', digits: 0 },
  { id: 'audit-page', label: '1,000,000 audit entries, any page: p95, ms', digits: 0 },
  {
    id: 'audit-filter',
    label: '1,000,000 audit entries, the slowest filter: p95, ms',
    digits: 0,
    goal: { atMost: 100 },
  },
  {
    id: 'audit-search',
    label: '1,000,000 audit entries, the slowest search: p95, ms',
    digits: 0,
    goal: { atMost: 100 },
  },
];
