const PLAIN = /^[\w@%+=:,./-]+$/;
/** Control, format and separator characters, which a reader cannot see. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/** A word that a POSIX shell takes exactly as it is: nothing has a meaning between single quotes but the quote itself. */
export function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

/** A command in one line, as a person would type it; what cannot be seen is written out. */
export function shownCommand(argv: readonly string[]): string {
  return argv.map((word) => (PLAIN.test(word) ? word : UNSEEN.test(word) ? escaped(word) : quoted(word))).join(' ');
}

function escaped(word: string): string {
  const parts = [...word].map((character) => {
    if (character === "'" || character === '\\') return `\\${character}`;
    if (!UNSEEN.test(character)) return character;
    const code = character.codePointAt(0) ?? 0;
    return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\U${code.toString(16).padStart(8, '0')}`;
  });
  return `$'${parts.join('')}'`;
}
