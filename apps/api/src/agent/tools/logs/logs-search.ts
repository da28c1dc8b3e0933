import type { ToolSourceKind } from '@opsagent/contracts';
import type { Clock } from '../../../platform/clock/clock.js';
import type { Outbound } from '../../../platform/outbound/outbound.js';
import type { OpenSource } from '../../sources/source-kind.js';
import type { ToolSources } from '../../sources/tool-sources.js';
import type { AgentTool, ToolResult } from '../agent-tool.js';
import { resultFrom } from '../asked-source.js';
import { ElasticRefused } from './elastic-fields.js';
import { searchElastic } from './elastic-logs.js';
import { searchFiles } from './files/file-logs.js';
import { searchJournal } from './journal-logs.js';
import { LOG_LEVELS } from './line-level.js';
import { LOG_MODES, type LogQuery, logQueryOf, type LogsSearchInput } from './log-query.js';
import { LokiRefused, searchLoki } from './loki-logs.js';

type LogKind = Extract<ToolSourceKind, 'log_files' | 'journal' | 'loki' | 'elasticsearch'>;
type Search = (source: OpenSource, query: LogQuery, signal: AbortSignal, nowMs: number) => Promise<ToolResult>;

const NO_FILES = 'Only sources of files know file. Use service or labels.';

/** Searches logs, wherever they are kept. */
export function logsSearch(sources: ToolSources, outbound: Outbound, clock: Clock): AgentTool<LogsSearchInput> {
  const searches: Readonly<Record<LogKind, Search>> = {
    log_files: searchFiles,
    journal: searchJournal,
    loki: (...asked) => searchLoki(outbound, ...asked),
    elasticsearch: (...asked) => searchElastic(outbound, ...asked),
  };
  const kinds = Object.keys(searches) as LogKind[];
  return {
    name: 'logs_search',
    description:
      'Searches the logs of a registered source, the newest first. mode `lines`: the entries themselves (stack traces with their first line), from old to new. `count`: how many, over time, by level and by file. `patterns`: entries grouped by what they say, with counts; the best start when you do not know what to look for. Give `since` and `level` to narrow.',
    parameters: {
      type: 'object',
      properties: {
        source: { type: 'string', maxLength: 63, description: 'Which source; not needed when there is one only.' },
        query: {
          type: 'string',
          maxLength: 1_000,
          description:
            'Words that all stand in the entry, in upper or lower case; "a phrase"; -word for what must be absent. Everything when left out.',
        },
        regex: { type: 'boolean', description: 'Whether query is one regular expression instead.' },
        since: {
          type: 'string',
          maxLength: 40,
          description:
            'From when: `15m`, `2h`, or ISO 8601. When left out: everything, of Loki an hour, of Elasticsearch a day.',
        },
        until: { type: 'string', maxLength: 40, description: 'Until when; now when left out.' },
        level: { type: 'string', enum: LOG_LEVELS, description: 'This level or a worse one.' },
        service: {
          type: 'string',
          maxLength: 200,
          description: 'Of journal, Loki and Elasticsearch: the unit, program, container or service that wrote it.',
        },
        labels: {
          type: 'array',
          maxItems: 10,
          description: 'Of the same: further labels or fields with the value they must have.',
          items: {
            type: 'object',
            properties: { name: { type: 'string', maxLength: 200 }, value: { type: 'string', maxLength: 500 } },
            required: ['name', 'value'],
            additionalProperties: false,
          },
        },
        file: { type: 'string', maxLength: 300, description: 'Of files: only those with this in their path.' },
        mode: { type: 'string', enum: LOG_MODES, description: '`lines` when left out.' },
        limit: { type: 'integer', description: 'How many entries (50 when left out, at most 500) or patterns (25).' },
        around: { type: 'integer', description: 'For lines: how many neighbours of each to show, at most 20.' },
      },
      additionalProperties: false,
    },
    risk: 'read',
    label: { en: 'Search logs', zh: '搜索日志' },
    sourceKinds: kinds,

    run: (input, { signal }) =>
      resultFrom(
        async () => {
          const nowMs = clock.now().getTime();
          const query = logQueryOf(input, nowMs);
          if (typeof query === 'string') return { status: 'error', message: query };
          const source = sources.open(kinds, input.source);
          if (query.file !== undefined && source.kind !== 'log_files') return { status: 'error', message: NO_FILES };
          const result = await searches[source.kind as LogKind](source, query, signal, nowMs);
          return { ...result, source: source.name };
        },
        { signal, refusals: [LokiRefused, ElasticRefused] },
      ),
  };
}
