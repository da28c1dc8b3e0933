import type { AgentTool, ToolResult } from './agent-tool.js';
import { readDisks } from './host/disks.js';
import { readOverview } from './host/overview.js';
import { readProcesses } from './host/processes.js';

const SECTIONS = ['overview', 'processes', 'disks'] as const;
type Section = (typeof SECTIONS)[number];

const READ: Readonly<Record<Section, (signal: AbortSignal) => Promise<ToolResult>>> = {
  overview: readOverview,
  processes: readProcesses,
  disks: readDisks,
};

/** Looks at the machine this server runs on, without a shell. */
export const HOST_INSPECT: AgentTool<{ section?: Section }> = {
  name: 'host_inspect',
  description:
    'Reads the state of the machine that OpsAgent itself runs on. overview: load, CPUs, memory, uptime. processes: the busiest processes by CPU and by memory. disks: size and use of each file system.',
  parameters: {
    type: 'object',
    properties: {
      section: { type: 'string', enum: SECTIONS, description: 'What to look at; overview when left out.' },
    },
    additionalProperties: false,
  },
  risk: 'read',
  label: { en: 'Inspect this host', zh: '查看主机' },

  run: ({ section = 'overview' }, { signal }) => READ[section](signal),
};
