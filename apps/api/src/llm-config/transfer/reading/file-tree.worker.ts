// A thread of its own: hostile or merely large files cost neither the other requests' time nor the process's memory.
// Loaded by itself from the source as well, so it imports nothing of ours.
import { parentPort, workerData } from 'node:worker_threads';
import { type Document, isMap, isSeq, LineCounter, type Node, parseDocument, visit } from 'yaml';

/** What the thread answers: the values as JSON, which is read faster than they are copied. `lines` are those at which the entries of the file's list begin, from 1. */
export type TreeAnswer =
  | { readonly json: string; readonly lines: readonly number[] }
  | { readonly line: number | null; readonly because: string };

const DEEPEST = 32;
const MOST_VALUES = 2_000_000;
const MOST_ALIASES = 10_000;
const FORBIDDEN_KEYS = ['__proto__', 'constructor', 'prototype'];
/** Where the list stands in the files that we read. */
const LISTS = [['items'], ['model_list'], ['data'], ['data', 'items']];

/** Our words for YAML's errors: the library's own repeat parts of the file. */
const YAML_WORDS: Readonly<Record<string, string>> = {
  BAD_INDENT: 'is not indented as YAML wants it',
  BLOCK_AS_IMPLICIT_KEY: 'is not indented as YAML wants it',
  DUPLICATE_KEY: 'names a key twice',
  MISSING_CHAR: 'lacks a closing bracket, quote or colon',
  MULTIPLE_DOCS: 'begins a second document',
  TAB_AS_INDENT: 'is indented with a tab',
  TAG_RESOLVE_FAILED: 'has a tag that is not known here',
};

/** A file that cannot be read, and where. */
class Unreadable extends Error {
  readonly at: number | null;

  constructor(because: string, at: number | null) {
    super(because);
    this.at = at;
  }
}

/** Reads JSON and remembers where the objects of lists begin; `JSON.parse` tells neither that nor keys named twice. */
class JsonReader {
  private at = 0;
  private readonly text: string;
  /** Where every array's entries begin, by the path of the array. */
  readonly starts = new Map<string, number[]>();

  constructor(text: string) {
    this.text = text;
  }

  read(): unknown {
    const value = this.value([], true);
    this.skipBlanks();
    if (this.at < this.text.length) throw this.broken('has something after its end');
    return value;
  }

  private value(path: readonly string[], isOutside: boolean): unknown {
    if (path.length > DEEPEST) throw this.broken('is nested too deeply');
    this.skipBlanks();
    const char = this.text[this.at];
    if (char === '{') return this.object(path, isOutside);
    if (char === '[') return this.array(path, isOutside);
    if (char === '"') return this.string();
    return this.word();
  }

  private object(path: readonly string[], isOutside: boolean): unknown {
    const entries: Record<string, unknown> = {};
    this.at++;
    for (let isFirst = true; !this.closes('}', isFirst); isFirst = false) {
      this.skipBlanks();
      if (this.text[this.at] !== '"') throw this.broken('lacks a key in double quotes');
      const key = this.string();
      if (FORBIDDEN_KEYS.includes(key)) throw this.broken(`must not have the key ${key}`);
      if (Object.hasOwn(entries, key)) throw this.broken('names a key twice');
      this.skipBlanks();
      if (this.text[this.at++] !== ':') throw this.broken('lacks a colon after a key');
      entries[key] = this.value([...path, key], isOutside);
    }
    return entries;
  }

  private array(path: readonly string[], isOutside: boolean): unknown {
    const values: unknown[] = [];
    const starts: number[] = [];
    if (isOutside) this.starts.set(path.join('.'), starts);
    this.at++;
    for (let isFirst = true; !this.closes(']', isFirst); isFirst = false) {
      this.skipBlanks();
      starts.push(this.at);
      values.push(this.value([...path, ''], false));
    }
    return values;
  }

  /** Whether the object or list ends here; else the next entry begins. */
  private closes(bracket: string, isFirst: boolean): boolean {
    this.skipBlanks();
    const char = this.text[this.at];
    if (char === bracket) {
      this.at++;
      return true;
    }
    if (isFirst) return false;
    if (char !== ',') throw this.broken(`lacks a comma or ${bracket}`);
    this.at++;
    return false;
  }

  private string(): string {
    const raw = this.taken(/"[^"\\]*(?:\\[^][^"\\]*)*"/y);
    const value = raw === undefined ? undefined : parsedOr(raw);
    if (typeof value !== 'string') throw this.broken('has a text that does not end or is not written as JSON wants it');
    return value;
  }

  private word(): unknown {
    const raw = this.taken(/[-+.\w]+/y);
    const value = raw === undefined ? undefined : parsedOr(raw);
    if (value === undefined) throw this.broken('has something that is not JSON');
    return value;
  }

  private taken(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const [raw] = pattern.exec(this.text) ?? [];
    if (raw !== undefined) this.at += raw.length;
    return raw;
  }

  private skipBlanks(): void {
    this.taken(/[ \t\r\n]*/y);
  }

  private broken(because: string): Unreadable {
    return new Unreadable(because, this.at);
  }
}

function parsedOr(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    // What is wrong with it is said by who asked, with the place.
    return undefined;
  }
}

function readJson(text: string): { tree: unknown; starts: number[] } {
  const reader = new JsonReader(text);
  const tree = reader.read();
  const path = Array.isArray(tree) ? '' : LISTS.map((list) => list.join('.')).find((list) => reader.starts.has(list));
  return { tree, starts: reader.starts.get(path ?? '') ?? [] };
}

function readYaml(text: string): { tree: unknown; starts: number[] } {
  const document = parseDocument(text, { schema: 'core', merge: true, prettyErrors: false, strict: true });
  const [error] = [...document.errors, ...document.warnings];
  if (error) throw new Unreadable(YAML_WORDS[error.code] ?? 'is not valid YAML', error.pos[0]);
  checkAliases(document);
  const list = listIn(document);
  return {
    tree: document.toJS({ maxAliasCount: MOST_ALIASES }),
    starts: isSeq(list) ? list.items.map((item) => (item as Node).range?.[0] ?? 0) : [],
  };
}

/** An alias must stand for something before it, and for nothing that it is itself a part of. */
function checkAliases(document: Document.Parsed): void {
  visit(document, {
    Alias(_key, alias) {
      const [at = 0] = alias.range ?? [];
      const source = alias.resolve(document);
      if (!source) throw new Unreadable('refers to an anchor that is not there', at);
      if ((source.range?.[2] ?? 0) > at) throw new Unreadable('refers to itself', at);
    },
  });
}

function listIn({ contents }: Document.Parsed): unknown {
  if (!isMap(contents)) return contents;
  return LISTS.map((path) => contents.getIn(path, true)).find(isSeq);
}

/** A copy of plain values, bounded: what is shared by aliases counts every time. */
function plain(tree: unknown): unknown {
  let left = MOST_VALUES;
  const copy = (value: unknown, depth: number): unknown => {
    if (--left < 0) throw new Unreadable('holds too many values', null);
    if (typeof value === 'number' && !Number.isFinite(value))
      throw new Unreadable('holds a value that JSON has not', null);
    if (typeof value !== 'object' || value === null) return value;
    if (depth > DEEPEST) throw new Unreadable('is nested too deeply', null);
    if (Array.isArray(value)) return value.map((inner) => copy(inner, depth + 1));
    if (Object.getPrototypeOf(value) !== Object.prototype)
      throw new Unreadable('holds a value that JSON has not', null);
    const bad = FORBIDDEN_KEYS.find((key) => Object.hasOwn(value, key));
    if (bad !== undefined) throw new Unreadable(`must not have the key ${bad}`, null);
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copy(inner, depth + 1)]));
  };
  return copy(tree, 0);
}

function answer(text: string): TreeAnswer {
  const counter = new LineCounter();
  for (let at = 0; at !== 0 || counter.lineStarts.length === 0; at = text.indexOf('\n', at) + 1) counter.addNewLine(at);
  const lineOf = (at: number): number => counter.linePos(at).line;
  try {
    const { tree, starts } = /^\s*[[{]/.test(text) ? readJson(text) : readYaml(text);
    return { json: JSON.stringify(plain(tree)), lines: starts.map(lineOf) };
  } catch (error) {
    if (error instanceof Unreadable)
      return { line: error.at === null ? null : lineOf(error.at), because: error.message };
    if (error instanceof RangeError) return { line: null, because: 'is nested too deeply' };
    if (error instanceof ReferenceError) return { line: null, because: 'refers to its anchors too often' };
    throw error;
  }
}

parentPort?.postMessage(answer(workerData as string));
