/** A piece of Markdown in one line and without its marks; what may stand in commands and names stays: `max_connections`, `*.log`. */
export function plainOf(markdown: string): string {
  return markdown
    .replace(/^[ \t]*(?:```|~~~).*$/gm, '')
    .replace(/^[ \t]*(?:#{1,6}|[-*+>]|\d{1,9}[.)])[ \t]+/gm, '')
    .replace(/^[ \t]*(?:\|[ \t]*)?:?-{2,}:?[ \t]*\|[-:| \t]*$/gm, '')
    .replace(/\[([^\][\n]{0,200})\]\([^)\n]{0,400}\)/g, '$1')
    .replace(/`|\*\*|(?<![\p{L}\p{N}_])__?(?=[\p{L}\p{N}])|(?<=[\p{L}\p{N}])__?(?![\p{L}\p{N}_])/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
}
