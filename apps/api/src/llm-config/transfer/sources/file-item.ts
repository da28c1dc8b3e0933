import type { ImportSource } from '@opsagent/contracts';

/** A configuration as a file describes it, in the words of a create, before any rule has looked at it. */
export interface FileItem {
  /** Where it begins, from 1; null where that is not known. */
  readonly line: number | null;
  readonly name: string;
  /** Fields of a create, its key among them; what the file does not say is absent. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Names of configurations; undefined where the file says nothing of them. */
  readonly fallbacks?: readonly string[];
  /** What was left out, and what whoever imports it should know. */
  readonly notes: readonly string[];
  /** Why nothing can be made of it. */
  readonly problems: readonly string[];
}

/** What a file holds. */
export interface FileContents {
  readonly source: ImportSource;
  readonly items: readonly FileItem[];
  /** The files of this kind know no default; the first chat model of one becomes it where there is none. */
  readonly namesDefaults: boolean;
}

type Entries = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Entries {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What was given, without what is absent, null or empty. */
export function given(values: Entries): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== ''),
  );
}

/** A text, also of a number that somebody wrote without quotes; undefined for anything else and for nothing. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** The names of what stands in an object and was not taken from it. */
export function leftOver(entries: Entries, taken: readonly string[]): string[] {
  return Object.keys(given(entries)).filter((name) => !taken.includes(name));
}

/** Gives each item a name of its own: other products let many share one. */
export class OwnNames {
  private readonly taken = new Set<string>();

  /** The name itself, or with the next free number behind it; shortened to what a name may be. */
  of(name: string): string {
    for (let number = 1; ; number++) {
      const end = number === 1 ? '' : ` ${number}`;
      const own = name.slice(0, 100 - end.length).trimEnd() + end;
      if (this.taken.has(own.toLowerCase())) continue;
      this.taken.add(own.toLowerCase());
      return own;
    }
  }
}
