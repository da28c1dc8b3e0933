/** The words of a command as a POSIX shell splits them, `^` and backtick line continuations of other shells too; null when a quote is not closed. */
export function shellWords(text: string): string[] | null {
  const joined = text.replace(/[\\^`]\r?\n[ \t]*/g, ' ');
  const words: string[] = [];
  let word: string | null = null;
  let quote: '"' | "'" | null = null;
  for (let at = 0; at < joined.length; at++) {
    const sign = joined.charAt(at);
    if (quote !== null) {
      if (sign === quote) quote = null;
      else if (sign === '\\' && quote === '"' && /["\\$`]/.test(joined.charAt(at + 1))) word += joined.charAt(++at);
      else word += sign;
    } else if (sign === '"' || sign === "'") {
      // bash writes $'…' for text with escapes; what is inside is taken as it stands.
      if (sign === "'" && word === '$') word = '';
      quote = sign;
      word ??= '';
    } else if (sign === '\\' && at + 1 < joined.length) word = (word ?? '') + joined.charAt(++at);
    else if (/\s/.test(sign)) {
      if (word !== null) words.push(word);
      word = null;
    } else word = (word ?? '') + sign;
  }
  if (word !== null) words.push(word);
  return quote === null ? words : null;
}
