import { stripVTControlCharacters } from 'node:util';
import type { ToolResult } from '../agent-tool.js';
import type { Cluster } from './cluster.adapter.js';

/** Which lines of which container. */
export interface LogRequest {
  readonly name: string;
  readonly namespace: string;
  readonly container?: string;
  /** Of the container that ran before the last restart. */
  readonly previous?: boolean;
  readonly sinceSeconds?: number;
  readonly tailLines: number;
}

const MOST_BYTES = 256 * 1024;
const TRIES = 4;
/** Control characters other than tabs and ends of lines. */
const CONTROL = /[^\P{Cc}\t\n]/gu;

/** The last lines that a container wrote. The server cuts at a number of bytes, but keeps the oldest: then fewer lines are asked for. */
export async function podLogs({ core }: Cluster, request: LogRequest): Promise<ToolResult> {
  const { name, namespace, container, previous } = request;
  let { tailLines } = request;
  for (let tried = 1; ; tried += 1) {
    const asked = { ...request, tailLines, limitBytes: MOST_BYTES, timestamps: true };
    const text = (await core.readNamespacedPodLog(asked)).slice(0, MOST_BYTES);
    if (text === '') return { status: 'no_data', message: 'The container wrote nothing, or nothing since then.' };
    const isCut = Buffer.byteLength(text) >= MOST_BYTES;
    if (!isCut || tailLines === 1 || tried === TRIES) {
      const lines = text.replace(/\n$/, '').split('\n').length;
      const message = messageOf(isCut, tailLines < request.tailLines ? tailLines : undefined);
      return {
        ...{ status: 'ok', pod: name, namespace, ...(container && { container }), ...(previous && { previous }) },
        ...{ lines, text: plainOf(text), ...(message && { message }) },
      };
    }
    tailLines = Math.max(1, Math.floor(tailLines / 8));
  }
}

function messageOf(isCut: boolean, fewer: number | undefined): string | undefined {
  if (isCut) return 'Its lines are so long that the newest are missing; ask for fewer lines.';
  return fewer === undefined ? undefined : `Its lines are long: no more than the last ${fewer} were read.`;
}

/** Without colours and other marks for terminals, which tell a model nothing. */
function plainOf(text: string): string {
  return stripVTControlCharacters(text).replaceAll(CONTROL, '');
}
