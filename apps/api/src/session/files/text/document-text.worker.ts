// A thread of its own: hostile or merely large documents cost neither the other requests' time nor the process's memory.
// Loaded by itself from the source as well, so it imports nothing of ours.
import { isUtf8 } from 'node:buffer';
import { parentPort, workerData } from 'node:worker_threads';
import { Unzip, UnzipInflate } from 'fflate';
import { Parser } from 'htmlparser2';
import { SaxesParser, type SaxesTagPlain } from 'saxes';

/** What the thread is given. */
export interface TextTask {
  readonly bytes: Uint8Array;
  readonly extension: string;
  /** Longest text to answer, in characters. */
  readonly most: number;
}

/** What the thread answers: the text, perhaps cut, or why there is none. */
export type TextAnswer = { readonly text: string; readonly isCut: boolean } | { readonly because: string };

const MOST_UNPACKED = 64 * 1024 * 1024;
/** Little is unpacked at once, so that a bomb is noticed before it is in memory. */
const PIECE = 16 * 1024;
const MOST_PAGES = 2_000;
const MOST_COLUMNS = 1_000;

/** A document of which nothing can be told, and why. */
class Unreadable extends Error {}

/** Text that has become as long as it may. */
class Full extends Error {}

/** Gathers text up to a length. */
class Gathered {
  private parts: string[] = [];
  private left: number;

  constructor(most: number) {
    this.left = most;
  }

  add(text: string): void {
    this.parts.push(text.slice(0, this.left));
    this.left -= text.length;
    if (this.left < 0) throw new Full();
  }

  get text(): string {
    return this.parts
      .join('')
      .replaceAll('\0', '')
      .replaceAll(/[ \t]+\n/g, '\n')
      .replaceAll(/\n{3,}/g, '\n\n')
      .trim();
  }
}

type Reader = (bytes: Uint8Array, out: Gathered) => void | Promise<void>;

const READERS: Readonly<Record<string, Reader>> = {
  ...Object.fromEntries(['txt', 'markdown', 'md', 'mdx', 'csv', 'vtt', 'properties'].map((name) => [name, readText])),
  html: readHtml,
  htm: readHtml,
  pdf: readPdf,
  docx: readDocx,
  xlsx: readXlsx,
};

/** Logs, settings, programs: text by whatever name. */
function isText(bytes: Uint8Array): boolean {
  return isUtf8(bytes) && !bytes.includes(0);
}

function readText(bytes: Uint8Array, out: Gathered): void {
  out.add(decoded(bytes));
}

/** UTF-8, else what Chinese programs write. */
function decoded(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

const SILENT = new Set(['script', 'style', 'noscript', 'template', 'svg', 'head']);
const IN_LINE = new Set(
  'a abbr b bdi bdo cite code data em font i kbd mark q s samp small span strong sub sup time u var'.split(' '),
);

function readHtml(bytes: Uint8Array, out: Gathered): void {
  let silent = 0;
  const breakLine = (name: string): void => {
    if (name === 'td' || name === 'th') out.add('\t');
    else if (!IN_LINE.has(name)) out.add('\n');
  };
  const parser = new Parser({
    onopentagname: (name) => (SILENT.has(name) ? void silent++ : breakLine(name)),
    onclosetag: (name) => (SILENT.has(name) ? void silent-- : breakLine(name)),
    ontext: (text) => void (silent === 0 && out.add(text.replaceAll(/\s+/g, ' '))),
  });
  parser.end(decoded(bytes));
}

async function readPdf(bytes: Uint8Array, out: Gathered): Promise<void> {
  const { getDocumentProxy } = await import('unpdf');
  const document = await getDocumentProxy(bytes, { verbosity: 0 }).catch((error: Error) => {
    throw new Unreadable(error.name === 'PasswordException' ? 'is protected by a password' : 'is not a valid PDF');
  });
  for (let number = 1; number <= Math.min(document.numPages, MOST_PAGES); number++) {
    const page = await document.getPage(number);
    const { items } = await page.getTextContent();
    for (const item of items) if ('str' in item) out.add(item.str + (item.hasEOL ? '\n' : ''));
    out.add('\n\n');
    page.cleanup();
  }
  if (document.numPages > MOST_PAGES) throw new Full();
}

/** The parts of a zipped document whose names match. */
function partsOf(bytes: Uint8Array, wanted: RegExp): Map<string, string> {
  const parts = new Map<string, string>();
  let left = MOST_UNPACKED;
  // What is thrown inside the library's callbacks would be caught by the library.
  let because: string | undefined;
  const unzip = new Unzip((file) => {
    if (!wanted.test(file.name)) return;
    const decoder = new TextDecoder();
    parts.set(file.name, '');
    file.ondata = (error, chunk, isLast) => {
      if (error) return void (because ??= 'is damaged');
      left -= chunk.length;
      if (left < 0) return void (because ??= 'is too large inside');
      parts.set(file.name, (parts.get(file.name) ?? '') + decoder.decode(chunk, { stream: !isLast }));
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  for (let at = 0; at < bytes.length; at += PIECE) {
    unzip.push(bytes.subarray(at, at + PIECE), at + PIECE >= bytes.length);
    if (because !== undefined) throw new Unreadable(because);
  }
  return parts;
}

interface XmlHandler {
  open?(tag: SaxesTagPlain): void;
  text?(text: string): void;
  close?(name: string): void;
}

/** Reads XML that may define nothing of its own: only the five entities of every XML are known. */
function readXml(xml: string, handler: XmlHandler): void {
  const parser = new SaxesParser();
  parser.on('error', () => {
    throw new Unreadable('is damaged');
  });
  parser.on('doctype', () => {
    throw new Unreadable('defines entities');
  });
  parser.on('opentag', (tag) => handler.open?.(tag));
  parser.on('text', (text) => handler.text?.(text));
  parser.on('closetag', ({ name }) => handler.close?.(name));
  parser.write(xml).close();
}

function readDocx(bytes: Uint8Array, out: Gathered): void {
  const xml = partsOf(bytes, /^word\/document\.xml$/).get('word/document.xml');
  if (xml === undefined) throw new Unreadable('is not a Word document');
  const ends: Record<string, string> = { 'w:p': '\n', 'w:br': '\n', 'w:cr': '\n', 'w:tab': '\t', 'w:tc': '\t' };
  let isText = false;
  readXml(xml, {
    open: ({ name }) => void (isText = name === 'w:t'),
    text: (text) => void (isText && out.add(text)),
    close: (name) => {
      isText = false;
      out.add(ends[name] ?? '');
    },
  });
}

function readXlsx(bytes: Uint8Array, out: Gathered): void {
  const parts = partsOf(bytes, /^xl\/(workbook\.xml|sharedStrings\.xml|worksheets\/sheet\d+\.xml)$/);
  if (!parts.has('xl/workbook.xml')) throw new Unreadable('is not an Excel workbook');
  const names: string[] = [];
  readXml(parts.get('xl/workbook.xml') ?? '', {
    open: ({ name, attributes }) => void (name === 'sheet' && names.push(attributes['name'] ?? '')),
  });
  const shared = sharedStrings(parts.get('xl/sharedStrings.xml'));
  const sheets = [...parts.keys()].filter((name) => name.startsWith('xl/worksheets/'));
  const numberOf = (name: string): number => Number(/(\d+)\.xml$/.exec(name)?.[1]);
  for (const [index, sheet] of sheets.sort((a, b) => numberOf(a) - numberOf(b)).entries()) {
    out.add(`# ${names[index] ?? sheet}\n`);
    readSheet(parts.get(sheet) ?? '', shared, out);
    out.add('\n');
  }
}

function sharedStrings(xml: string | undefined): string[] {
  const strings: string[] = [];
  let text = '';
  let isText = false;
  if (xml === undefined) return strings;
  readXml(xml, {
    open: ({ name }) => {
      isText = name === 't';
      if (name === 'si') text = '';
    },
    text: (more) => void (isText && (text += more)),
    close: (name) => {
      isText = false;
      if (name === 'si') strings.push(text);
    },
  });
  return strings;
}

/** Rows as lines, cells apart by tabs, each in its own column. */
function readSheet(xml: string, shared: readonly string[], out: Gathered): void {
  let cells: string[] = [];
  let cell = { column: 0, type: '', value: '' };
  let isValue = false;
  readXml(xml, {
    open: ({ name, attributes }) => {
      isValue = name === 'v' || name === 't';
      if (name === 'row') cells = [];
      if (name === 'c') {
        cell = { column: columnOf(attributes['r']) ?? cells.length, type: attributes['t'] ?? '', value: '' };
      }
    },
    text: (text) => void (isValue && (cell.value += text)),
    close: (name) => {
      isValue = false;
      if (name === 'c' && cell.column < MOST_COLUMNS) {
        cells[cell.column] = cell.type === 's' ? (shared[Number(cell.value)] ?? '') : cell.value;
      }
      if (name === 'row') out.add(Array.from(cells, (value) => value ?? '').join('\t') + '\n');
    },
  });
}

/** `C7` is the third column: 2. */
function columnOf(reference: string | undefined): number | undefined {
  const letters = /^[A-Z]{1,3}/.exec(reference ?? '')?.[0];
  if (letters === undefined) return undefined;
  return [...letters].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

async function answer({ bytes, extension, most }: TextTask): Promise<TextAnswer> {
  const read = READERS[extension] ?? (isText(bytes) ? readText : undefined);
  if (!read) return { because: 'is of a kind that is not read here' };
  const out = new Gathered(most);
  try {
    await read(bytes, out);
    return { text: out.text, isCut: false };
  } catch (error) {
    if (error instanceof Full) return { text: out.text, isCut: true };
    return { because: error instanceof Unreadable ? error.message : 'is damaged' };
  }
}

parentPort?.postMessage(await answer(workerData as TextTask));
