import { accessSync, constants } from 'node:fs';
import { isAbsolute } from 'node:path';
import { allowedFiles } from '../files/allowed-files.js';
import { type SourceKind, SourceFailed } from '../source-kind.js';

/** Log files of the machine this server runs on: files, folders and patterns such as `/var/log/nginx/*.log`. */
export const LOG_FILES: SourceKind = {
  kind: 'log_files',
  required: ['paths'],
  optional: [],
  secrets: [],

  problemWith({ paths = [] }) {
    if (paths.length === 0) return { setting: 'paths', message: 'paths must name a file, a folder or a pattern' };
    const wrong = paths.find((path) => !isAbsolute(path) || path.split('/').includes('..') || path.includes('\0'));
    if (wrong === undefined) return undefined;
    return { setting: 'paths', message: `paths must be absolute and without ..: ${JSON.stringify(wrong)}` };
  },

  placeOf: () => undefined,

  test({ name, settings: { paths = [] } }) {
    const { files, skipped } = allowedFiles(paths);
    const readable = files.filter(({ real }) => isReadable(real));
    if (readable.length > 0) {
      const size = readable.reduce((sum, { bytes }) => sum + bytes, 0);
      return Promise.resolve(
        `Files that can be read: ${readable.length} of ${files.length}, ${Math.ceil(size / 1e6)} MB.`,
      );
    }
    const [first] = [
      ...files.map(({ path }) => ({ file: path, because: 'may not be read by the user this server runs as' })),
      ...skipped,
    ];
    const why = first === undefined ? 'there are no files at its paths' : `${first.file} ${first.because}`;
    return Promise.reject(new SourceFailed('failed', `${name}: ${why}.`));
  },
};

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
