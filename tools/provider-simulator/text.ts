import { now } from './ticker.ts';

/** A piece of an answer; its JSON form is kept because a benchmark sends the same piece a million times. */
export interface Piece {
  readonly kind: 'text' | 'reasoning';
  readonly text: string;
  readonly json: string;
}

/** Words of two languages and everything that breaks a careless JSON, SSE, HTML or Markdown reader. */
const PALETTE = [
  '你好,',
  ' the disk on node-7 is 91 % full.',
  ' He said "stop" \\ and \'go\'.',
  '\n\n- first\n- 第二\n',
  ' C:\\temp\\new\\u0041 ',
  '🚒🧑‍🚒',
  '\u2028line\u2029paragraph',
  ' data: [DONE]\n\ndata: {"x":1}',
  '\ttab\r\ncrlf',
  '</script><b>&amp;</b>',
  ' 内存使用率 73.5%。',
  '```sh\nps aux | grep "[n]ode"\n```',
  ' 𠮷野家 e\u0301',
  ' \u0007\u007f\ufeff ',
  ' $& $1 %s ${x} {{y}}',
  ' ok',
];
const THOUGHTS = ['用户想知道', ' what is wrong;', ' "check" the load\n', '然后回答。🤔', ' \\u2028 \u2028'];
const CACHED_LISTS = 64;
const listCache = new Map<string, readonly Piece[]>();

/** @returns one piece of visible text. */
export function textPiece(text: string): Piece {
  return { kind: 'text', text, json: JSON.stringify(text) };
}

/** @returns `count` pieces of text, always the same ones; each carries its number, so loss and disorder show. */
export function textPieces(count: number): readonly Piece[] {
  return cached(`text ${count}`, () => numbered(count, PALETTE, 'text'));
}

/** @returns `count` pieces that say when they leave, in milliseconds since 1970 with a fraction. */
export function timePieces(count: number): readonly Piece[] {
  const piece: Piece = {
    kind: 'text',
    get text() {
      return `${now().toFixed(3)} `;
    },
    get json() {
      return `"${this.text}"`;
    },
  };
  return Array.from({ length: count }, () => piece);
}

/** @returns `count` pieces of reasoning followed by `textCount` pieces of text. */
export function thinkingPieces(count: number, textCount: number): readonly Piece[] {
  return cached(`thinking ${count} ${textCount}`, () => [
    ...numbered(count, THOUGHTS, 'reasoning'),
    ...textPieces(textCount),
  ]);
}

/** @returns the text cut into at most about a thousand pieces, never inside a character. */
export function cutText(text: string): readonly Piece[] {
  return cutString(text, Math.max(16, Math.ceil(text.length / 1000))).map(textPiece);
}

/** @returns the string in parts of about `size` code units, never inside a surrogate pair. */
export function cutString(text: string, size: number): string[] {
  const parts: string[] = [];
  for (let start = 0; start < text.length;) {
    let end = Math.min(start + size, text.length);
    if (end < text.length && isHighSurrogate(text.charCodeAt(end - 1))) end += 1;
    parts.push(text.slice(start, end));
    start = end;
  }
  return parts;
}

/** @returns what the pieces of one kind say together. */
export function joined(pieces: readonly Piece[], kind: Piece['kind']): string {
  let all = '';
  for (const piece of pieces) if (piece.kind === kind) all += piece.text;
  return all;
}

function numbered(count: number, palette: readonly string[], kind: Piece['kind']): Piece[] {
  return Array.from({ length: count }, (_, index) => {
    const text = `${palette[index % palette.length]}${index + 1}`;
    return { kind, text, json: JSON.stringify(text) };
  });
}

function cached(name: string, make: () => readonly Piece[]): readonly Piece[] {
  const known = listCache.get(name);
  if (known) return known;
  if (listCache.size >= CACHED_LISTS) listCache.clear();
  const made = make();
  listCache.set(name, made);
  return made;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}
