import type { AgentTool, ToolResult } from './agent-tool.js';
import { COMMAND_SOURCES, type CommandTargets, LOCAL } from './command/command-targets.js';
import { readCpu } from './host/cpu.js';
import { readDisks } from './host/disks.js';
import { HostReader } from './host/host-reader.js';
import { readLimits } from './host/limits.js';
import { readMemory } from './host/memory.js';
import { readNetwork } from './host/network.js';
import { readOpenFiles } from './host/open-files.js';
import { readOverview } from './host/overview.js';
import { readProcesses } from './host/processes.js';
import { readSpace } from './host/space.js';
import { readKernel, readServices, readTime } from './host/system.js';
import { resultFrom } from './asked-source.js';

const READ = {
  overview: readOverview,
  cpu: readCpu,
  memory: readMemory,
  processes: readProcesses,
  disks: readDisks,
  space: readSpace,
  open_files: readOpenFiles,
  network: readNetwork,
  services: readServices,
  kernel: readKernel,
  time: readTime,
  limits: readLimits,
};

export type HostSection = keyof typeof READ;
export const HOST_SECTIONS = Object.keys(READ) as HostSection[];
/** Every section by the same call. */
const readerOf = (section: HostSection): ((host: HostReader, path?: string) => Promise<ToolResult>) => READ[section];

export interface HostInspectInput {
  section?: HostSection;
  target?: string;
  path?: string;
}

/** Looks at the machine this server runs on, or at another one by SSH, with commands that change nothing. */
export function hostInspect(targets: CommandTargets): AgentTool<HostInspectInput> {
  return {
    name: 'host_inspect',
    description:
      'Reads the state of a machine, one section a call. overview: load, memory, uptime. cpu: use by kind and core, waiting. memory: with swap, pressure, OOM kills. processes: busiest by CPU and memory, zombies. disks: use and inodes of each file system. space: biggest folders and files below a path, deleted files still open. open_files: by process, with limits. network: listeners, connections by state and peer, lost packets. services: failed systemd units. kernel: messages about memory, disks, crashes. time: clock and synchronisation. limits: of kernel and container.',
    parameters: {
      type: 'object',
      properties: {
        section: { type: 'string', enum: HOST_SECTIONS, description: 'What to look at; overview when left out.' },
        target: {
          type: 'string',
          maxLength: 63,
          description: `An SSH source; when left out ${LOCAL}, the machine that OpsAgent itself runs on.`,
        },
        path: { type: 'string', maxLength: 1_000, description: 'For space: the folder, an absolute path.' },
      },
      additionalProperties: false,
    },
    risk: 'read',
    label: { en: 'Inspect a host', zh: '查看主机' },
    sourceKinds: COMMAND_SOURCES,
    worksWithoutSource: true,
    timeoutMs: 60_000,

    run: ({ section = 'overview', target = LOCAL, path }, { signal }) => {
      if (path !== undefined && !/^\/[^\p{Cc}]*$/u.test(path)) {
        return Promise.resolve({ status: 'error', message: 'path must be an absolute path.' });
      }
      return resultFrom(
        async () => {
          const result = await targets.look(target, signal, (runner) =>
            readerOf(section)(new HostReader(runner, signal), path),
          );
          return { ...result, target, section };
        },
        { signal, query: section },
      );
    },
  };
}
