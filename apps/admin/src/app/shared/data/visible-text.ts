/** From the first to the last of each: controls, marks without width, and marks that turn the direction of writing. */
const UNSEEN: readonly (readonly [number, number])[] = [
  [0x00, 0x08],
  [0x0b, 0x1f],
  [0x7f, 0x9f],
  [0xad, 0xad],
  [0x61c, 0x61c],
  [0x180e, 0x180e],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0xfeff, 0xfeff],
  [0xfff9, 0xffff],
];

/** A text in which nothing is hidden: what would show another text than is run stands there as its escape of JSON. */
export function visibleText(text: string): string {
  return text.replace(/[^\n\t -~]/g, (mark) => (isUnseen(mark.charCodeAt(0)) ? escapeOf(mark) : mark));
}

function isUnseen(code: number): boolean {
  return UNSEEN.some(([first, last]) => code >= first && code <= last);
}

function escapeOf(mark: string): string {
  return `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** A list of words or numbers that is not longer stands in one line, as a command is read. */
const LINE = 80;

/** JSON with indentation, anything else as it is. */
export function prettyJson(text: string): string {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return indented(JSON.parse(text), '');
  } catch (cause) {
    // What is nested too deeply to be walked through stays as it is.
    if (cause instanceof SyntaxError || cause instanceof RangeError) return text;
    throw cause;
  }
}

function indented(value: unknown, margin: string): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const isList = Array.isArray(value);
  const [open, close] = isList ? '[]' : '{}';
  const inner = `${margin}  `;
  const parts = isList
    ? value.map((item) => indented(item, inner))
    : Object.entries(value).map(([name, item]) => `${JSON.stringify(name)}: ${indented(item, inner)}`);
  const line = parts.join(', ');
  const isShort = isList && line.length <= LINE && value.every((item) => typeof item !== 'object' || item === null);
  if (parts.length === 0 || isShort) return `${open}${line}${close}`;
  return `${open}\n${parts.map((part) => inner + part).join(',\n')}\n${margin}${close}`;
}
