import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const ROOT = join(import.meta.dirname, '../..');

/** A package of somebody else's that is part of what we hand out. */
export interface Package {
  readonly name: string;
  readonly version: string;
  /** An SPDX expression; empty where the package says nothing. */
  readonly licence: string;
}

interface Locked {
  version?: string;
  license?: string;
  dev?: boolean;
  link?: boolean;
  dependencies?: Record<string, string>;
}

type Lock = Record<string, Locked>;

/** Packages that state their licence in a file only, read by a person. */
const READ_BY_A_PERSON: Readonly<Record<string, string>> = {
  buildcheck: 'MIT',
  busboy: 'MIT',
  'cpu-features': 'MIT',
  ssh2: 'MIT',
  streamsearch: 'MIT',
};

/** Everything the server needs to run, whatever the machine. */
export function serverPackages(): Package[] {
  const found = Object.entries(readLock()).filter(([path, { dev, link }]) => path !== '' && !dev && !link);
  return sorted(found.map(([path, locked]) => packageOf(path, locked)));
}

/** Everything that the console's bundle may hold: what its sources import, and what that needs. */
export function consolePackages(): Package[] {
  const lock = readLock();
  const reached = new Set<string>();
  const reach = (name: string): void => {
    const path = `node_modules/${name}`;
    if (reached.has(path) || !lock[path]) return;
    reached.add(path);
    Object.keys(lock[path].dependencies ?? {}).forEach(reach);
  };
  importedByConsole().forEach(reach);
  return sorted([...reached].map((path) => packageOf(path, lock[path] ?? {})));
}

function importedByConsole(): Set<string> {
  const files = globSync(['apps/admin/src/**/*.ts', 'libs/contracts/src/**/*.ts'], { cwd: ROOT });
  const sources = files
    .filter((file) => !file.includes('.spec.'))
    .map((file) => readFileSync(join(ROOT, file), 'utf8'));
  // By the compiler: example programs in texts import things too.
  const imports = sources.flatMap((text) => ts.preProcessFile(text).importedFiles.map(({ fileName }) => fileName));
  return new Set(imports.flatMap((name) => /^(?:@[\w-]+\/)?[a-z][\w.-]*/.exec(name)?.[0] ?? []));
}

function readLock(): Lock {
  const text = readFileSync(join(ROOT, 'package-lock.json'), 'utf8');
  return (JSON.parse(text) as { packages: Lock }).packages;
}

function packageOf(path: string, { version = '', license }: Locked): Package {
  const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
  return { name, version, licence: license ?? READ_BY_A_PERSON[name] ?? '' };
}

/** By name, each version of it once. */
function sorted(packages: Package[]): Package[] {
  const unique = new Map(packages.map((one) => [`${one.name}@${one.version}`, one]));
  return [...unique.values()].sort((a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1));
}
