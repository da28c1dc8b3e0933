import { isUtf8 } from 'node:buffer';
import type { FileBytes } from './file-bytes.js';

const BLOCK = 1024 * 1024;
/** A line that is longer is taken in pieces. */
const LONGEST_LINE = 16 * 1024 * 1024;
/** A stack trace that is longer is taken in pieces. */
const MOST_LINES_OF_ENTRY = 200;
const NEW_LINE = 10;

/** A line that goes on with the entry before it: indented, or a part of a stack trace. */
const GOES_ON =
  /^(?:[ \t](?!\s*\d{4}[-/]\d\d)|Caused by: |Suppressed: |Traceback \(most recent|During handling of the above|The above exception was|goroutine \d+ \[|\.{3} \d+ more|(?:[a-zA-Z_$][\w$]*\.)*[A-Z]\w*(?:Error|Exception)(?::|$))/;

/** The text of a file in parts of whole entries, the last part first. */
export function* blocksOf(bytes: FileBytes, size = BLOCK): Generator<string> {
  let end = bytes.size;
  while (end > 0) {
    const { text, start } = blockBefore(bytes, end, size);
    end = start;
    if (text !== '') yield text;
  }
}

function blockBefore(bytes: FileBytes, end: number, size: number): { text: string; start: number } {
  for (let length = size; ; length *= 2) {
    const from = Math.max(0, end - length);
    const block = bytes.read(from, end - from);
    if (from === 0) return { text: decoded(block), start: 0 };
    const first = firstEntryIn(block);
    if (first !== undefined) return { text: decoded(block.subarray(first)), start: from + first };
    if (length >= LONGEST_LINE || block.length === 0) return { text: decoded(block), start: from };
  }
}

/** Where the first entry begins that is whole; undefined when none does. */
function firstEntryIn(block: Buffer): number | undefined {
  let start = block.indexOf(NEW_LINE) + 1;
  for (let lines = 0; start > 0 && start < block.length; lines += 1) {
    const head = block.toString('latin1', start, start + 200);
    if (lines >= MOST_LINES_OF_ENTRY || !GOES_ON.test(head)) return start;
    start = block.indexOf(NEW_LINE, start) + 1;
  }
  return undefined;
}

/** The entries of a block, from the oldest to the newest. */
export function entriesOf(text: string): string[] {
  const entries: string[] = [];
  let lines = 0;
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const goesOn = entries.length > 0 && lines < MOST_LINES_OF_ENTRY && GOES_ON.test(line);
    lines = goesOn ? lines + 1 : 1;
    if (goesOn) entries[entries.length - 1] += `\n${line}`;
    else entries.push(line);
  }
  return entries;
}

// eslint-disable-next-line no-control-regex -- colours of terminals are control characters
const COLOURS = /\u001b\[[\d;]*[A-Za-z]/g;

/** Text of a log in UTF-8; lines that are not are in what Chinese programs write, or have broken bytes. */
export function decoded(bytes: Buffer): string {
  const text = isUtf8(bytes) ? bytes.toString('utf8') : byLine(bytes);
  const plain = text.includes('\u001b[') ? text.replaceAll(COLOURS, '') : text;
  const bare = plain.includes('\0') ? plain.replaceAll('\0', '') : plain;
  return bare.includes('\r') ? bare.replaceAll(/\r+(?=\n|$)/g, '') : bare;
}

function byLine(bytes: Buffer): string {
  const lines: string[] = [];
  for (let start = 0; start <= bytes.length;) {
    const end = bytes.indexOf(NEW_LINE, start);
    const line = bytes.subarray(start, end === -1 ? bytes.length : end);
    lines.push(isUtf8(line) ? line.toString('utf8') : chineseOrBroken(line));
    if (end === -1) break;
    start = end + 1;
  }
  return lines.join('\n');
}

const GB18030 = new TextDecoder('gb18030', { fatal: true });

function chineseOrBroken(line: Buffer): string {
  try {
    const text = GB18030.decode(line);
    if (/\p{Script=Han}/u.test(text)) return text;
  } catch {
    // Neither the one nor the other; what is broken is shown as such.
  }
  return line.toString('utf8');
}
