import { plainOf } from './plain-text.js';
import type { Term } from './search-tokens.js';

/** A piece of a text, and whether it was looked for. */
export interface Piece {
  readonly text: string;
  readonly isMatch: boolean;
}

interface Match {
  readonly start: number;
  readonly end: number;
  readonly word: string;
}

const LENGTH = 180;
const BEFORE = 40;

/** The place of a text that has most of what was looked for. */
export function snippetOf(text: string, terms: readonly Term[]): Piece[] {
  const plain = plainOf(text);
  const matches = matchesIn(plain, terms);
  const start = startOf(plain, matches);
  const end = Math.min(plain.length, start + LENGTH);
  const shown = merged(matches).filter((match) => match.start >= start && match.end <= end);
  const pieces: Piece[] = [{ text: start > 0 ? '…' : '', isMatch: false }];
  let at = start;
  for (const match of shown) {
    pieces.push({ text: plain.slice(at, match.start), isMatch: false });
    pieces.push({ text: plain.slice(match.start, match.end), isMatch: true });
    at = match.end;
  }
  pieces.push({ text: whole(plain.slice(at, end)) + (end < plain.length ? '…' : ''), isMatch: false });
  return pieces.filter((piece) => piece.text !== '');
}

function matchesIn(text: string, terms: readonly Term[]): Match[] {
  const folded = sameLengthFolded(text);
  const matches = terms.flatMap(({ word, finds }) => occurrences(folded, word, finds));
  return matches.sort((a, b) => a.start - b.start);
}

/** Words are found where they begin; characters of scripts without spaces anywhere. */
function occurrences(text: string, word: string, finds: Term['finds']): Match[] {
  const isWord = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}]/u.test(word);
  const before = isWord ? '(?<![\\p{L}\\p{N}])' : '';
  const after = isWord && finds === 'itself' ? '(?![\\p{L}\\p{N}])' : '';
  const found = text.matchAll(new RegExp(`${before}${word}${after}`, 'gu'));
  return [...found].map(({ index }) => ({ start: index, end: index + word.length, word }));
}

/** Where the window that has most different words begins, a little before the first of them. */
function startOf(text: string, matches: readonly Match[]): number {
  let best = { words: 0, start: 0 };
  for (const [at, { start }] of matches.entries()) {
    const words = new Set<string>();
    for (let next = at; (matches[next]?.start ?? Infinity) <= start + LENGTH - 2 * BEFORE; next += 1) {
      words.add(matches[next]?.word ?? '');
    }
    if (words.size > best.words) best = { words: words.size, start };
  }
  const start = Math.max(0, Math.min(best.start - BEFORE, text.length - LENGTH));
  return /^[\uDC00-\uDFFF]/.test(text.slice(start, start + 1)) ? start + 1 : start;
}

/** Pairs of neighbours overlap; what touches is one. */
function merged(matches: readonly Match[]): Match[] {
  const result: Match[] = [];
  for (const match of matches) {
    const last = result.at(-1);
    if (last && match.start <= last.end) result[result.length - 1] = { ...last, end: Math.max(last.end, match.end) };
    else result.push(match);
  }
  return result;
}

/** Folded as tokens are, every character to one, so that places stay the same. */
function sameLengthFolded(text: string): string {
  return text.replace(/[^ -~]|[A-Z]/g, (character) => {
    const folded = character.normalize('NFKC').toLowerCase();
    return folded.length === 1 ? folded : character;
  });
}

/** Without half of a surrogate pair at its end. */
function whole(text: string): string {
  return text.replace(/[\uD800-\uDBFF]$/, '');
}
