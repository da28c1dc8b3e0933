import type { ToolResult } from '../agent-tool.js';
import type { HostReader } from './host-reader.js';
import { inMegabytes } from './units.js';

const SEARCH_MS = 20_000;
const MOST = 20;
const BIG = '+50M';

/** What takes the room below a folder, on its own file system: folders, files, and files that are deleted but still open. */
export async function readSpace(host: HostReader, path = '/'): Promise<ToolResult> {
  const [folders, files, deleted] = await Promise.all([
    host.attempt(['du', '-xk', '-d', '3', path], SEARCH_MS),
    host.attempt(
      ['find', path, '-xdev', '-type', 'f', '-size', BIG, '-printf', '%s\\t%TY-%Tm-%TdT%TH:%TM\\t%p\\n'],
      SEARCH_MS,
    ),
    deletedFiles(host),
  ]);
  const biggest = pairsIn(folders?.stdout).map(([kilobytes, folder]) => ({
    path: folder,
    mb: Math.round(kilobytes / 1024),
  }));
  if (biggest.length === 0) return { status: 'no_data', message: `Nothing below ${path} could be read.` };
  const isPartial = folders?.isOverdue === true || files?.isOverdue === true;
  return {
    status: 'ok',
    path,
    ...(isPartial
      ? { message: 'The search took too long and was ended: this is what it had found. Ask for a smaller folder.' }
      : {}),
    biggest_folders: biggest.sort((a, b) => b.mb - a.mb).slice(0, MOST),
    biggest_files: filesIn(files?.stdout).slice(0, MOST),
    deleted_but_open: deleted,
  };
}

function filesIn(text = '') {
  const rows = text.split('\n').flatMap((line) => {
    const [size, changed, ...path] = line.split('\t');
    return path.length === 0 ? [] : [{ path: path.join('\t'), mb: inMegabytes(Number(size)), changed_at: changed }];
  });
  return rows.sort((a, b) => b.mb - a.mb);
}

/** The room of these is free only once whoever holds them lets go. */
async function deletedFiles(host: HostReader) {
  const links = await host.lines([
    'find',
    '/proc',
    '-maxdepth',
    '3',
    '-path',
    '/proc/[0-9]*/fd/*',
    '-lname',
    '/* (deleted)',
    '-printf',
    '%p\\t%l\\n',
  ]);
  const targets = new Map(links.slice(0, 200).map((line) => line.split('\t') as [string, string]));
  const onDisk = [...targets].filter(([, path]) => !/^\/(dev\/(shm|zero)|memfd:|SYSV)/.test(path));
  if (onDisk.length === 0) return [];
  const sizes = pairsIn(await host.text(['stat', '-L', '-c', '%s\t%n', ...onDisk.map(([link]) => link)]));
  return sizes
    .map(([bytes, link]) => ({ pid: Number(link.split('/')[2]), path: targets.get(link), mb: inMegabytes(bytes) }))
    .filter(({ mb }) => mb > 0)
    .sort((a, b) => b.mb - a.mb)
    .slice(0, MOST);
}

/** Lines of a number, a tab and a path. */
export function pairsIn(text = ''): [number, string][] {
  return text.split('\n').flatMap((line) => {
    const at = line.indexOf('\t');
    return at > 0 ? [[Number(line.slice(0, at)), line.slice(at + 1)] as [number, string]] : [];
  });
}
