import type { ToolResult } from '../agent-tool.js';
import { rowsIn } from '../host/disks.js';
import type { HostReader } from '../host/host-reader.js';
import { failureOf, type RemediateInput, type Remedy } from './remedy.js';

const USUAL_KEEP_MB = 200;
const PACKAGES = '/var/cache/apt/archives';
const LOG = /^\/var\/log\/[\w./@:+-]+$/;

/** One way to make room. */
interface Way {
  readonly argv: (input: RemediateInput) => string[];
  readonly changes: string;
  readonly rollback: string;
  /** What it would free, in a sentence. */
  readonly look: (host: HostReader, input: RemediateInput) => Promise<string>;
  /** Where the room is made. */
  readonly place: (input: RemediateInput) => string;
}

const WAYS: Readonly<Record<string, Way>> = {
  journal: {
    argv: ({ keep_mb = USUAL_KEEP_MB }) => ['journalctl', `--vacuum-size=${keep_mb}M`],
    changes: 'The oldest archived entries of the journal are deleted until it is no larger than keep_mb.',
    rollback: 'None: what is deleted is gone.',
    look: async (host, { keep_mb = USUAL_KEEP_MB }) =>
      `${(await host.text(['journalctl', '--disk-usage'])).trim() || 'The journal tells no size.'} ${keep_mb} MB of it are kept.`,
    place: () => '/var/log/journal',
  },
  package_cache: {
    argv: () => ['apt-get', 'clean'],
    changes: 'Downloaded package files of apt are deleted; installed packages stay.',
    rollback: 'None needed: apt downloads again what it needs.',
    look: async (host) => {
      const [size] = (await host.text(['du', '-sk', PACKAGES])).split('\t');
      return size ? `${PACKAGES} holds ${Math.round(Number(size) / 1024)} MB.` : `There is no ${PACKAGES}.`;
    },
    place: () => PACKAGES,
  },
  log_file: {
    // Not by `truncate`: whoever owns the folder could put a link in the file's place after it was looked at.
    argv: ({ path = '' }) => ['dd', 'if=/dev/null', `of=${path}`, 'oflag=nofollow', 'conv=nocreat', 'status=none'],
    changes: 'The file is emptied; whoever writes to it goes on writing.',
    rollback: 'None: its content is gone. Copy it elsewhere first if it is still needed.',
    look: async (host, { path = '' }) => {
      const size = await sizeOfLog(host, path);
      return typeof size === 'string' ? size : `${path} holds ${Math.round(size / 1024 / 1024)} MB.`;
    },
    place: ({ path = '' }) => path.slice(0, path.lastIndexOf('/')),
  },
};

export const WAYS_TO_FREE = Object.keys(WAYS);

/** Makes room on a disk by deleting what is not needed, or needed least. */
export const FREE_DISK: Remedy = {
  needs: ['what'],
  optional: ['path', 'keep_mb'],

  problemWith({ what = '', path, keep_mb: keepMb }) {
    if (!WAYS[what]) return `what must be one of ${WAYS_TO_FREE.join(', ')}.`;
    if (keepMb !== undefined && (what !== 'journal' || keepMb < 10 || keepMb > 100_000)) {
      return 'keep_mb is for the journal, and must be 10 to 100000.';
    }
    if ((path !== undefined) !== (what === 'log_file')) return 'path is for log_file, and needed there.';
    const isLog = path === undefined || (LOG.test(path) && !path.split('/').includes('..'));
    return isLog ? undefined : 'path must be a file below /var/log.';
  },

  plan: (input) => {
    const way = wayOf(input);
    return { argv: way.argv(input), changes: way.changes, rollback: way.rollback };
  },

  preview: ({ host }, input) => wayOf(input).look(host, input),

  async run(hands, input): Promise<ToolResult> {
    const way = wayOf(input);
    if (input.path !== undefined) {
      const size = await sizeOfLog(hands.host, input.path);
      if (typeof size === 'string') return { status: 'refused', message: `${size} Nothing was done.` };
    }
    const place = way.place(input);
    const before = await availableAt(hands.host, place);
    const argv = way.argv(input);
    const failure = failureOf(argv, await hands.act(argv));
    const after = await availableAt(hands.host, place);
    const facts = { available_mb_before: before, available_mb_after: after };
    return failure ? { ...failure, ...facts } : { status: 'ok', ...facts };
  },
};

function wayOf({ what = '' }: RemediateInput): Way {
  const way = WAYS[what];
  if (!way) throw new Error(`what must be one of ${WAYS_TO_FREE.join(', ')}.`);
  return way;
}

/** The bytes of a log file, or why it is none: a link could lead to any other file. */
async function sizeOfLog(host: HostReader, path: string): Promise<number | string> {
  const real = (await host.text(['readlink', '-e', path])).trim();
  if (real === '') return `There is no file ${path}.`;
  if (real !== path) return `${path} leads to ${real}; name the file itself.`;
  const [size, ...type] = (await host.text(['stat', '-c', '%s %F', path])).trim().split(' ');
  return type.join(' ').startsWith('regular') ? Number(size) : `${path} is no plain file.`;
}

async function availableAt(host: HostReader, path: string): Promise<number | null> {
  const [row] = rowsIn(await host.lines(['df', '-Pk', path]));
  return row ? Math.round(row.available / 1024) : null;
}
