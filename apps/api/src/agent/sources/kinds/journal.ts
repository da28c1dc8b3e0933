import { isAbsolute } from 'node:path';
import { journalEntries } from '../journal/journalctl.js';
import { type SourceKind, SourceFailed } from '../source-kind.js';

/** The systemd journal of the machine this server runs on, or of a folder that journals are gathered in. */
export const JOURNAL: SourceKind = {
  kind: 'journal',
  required: [],
  optional: ['paths'],
  secrets: [],

  problemWith({ paths = [] }) {
    const [folder = '/'] = paths;
    if (paths.length <= 1 && isAbsolute(folder)) return undefined;
    return { setting: 'paths', message: 'paths must be one absolute folder, or be left out' };
  },

  placeOf: () => undefined,

  async test({ name, settings }, signal) {
    const args = ['--reverse', '--lines=1'];
    for await (const entry of journalEntries({ name, settings, args, most: 1, signal })) {
      return `Its newest entry is of ${new Date(Number(entry.__REALTIME_TIMESTAMP) / 1000).toISOString()}.`;
    }
    throw new SourceFailed(
      'failed',
      `${name}: the journal is empty, or may not be read by the user this server runs as.`,
    );
  },
};
