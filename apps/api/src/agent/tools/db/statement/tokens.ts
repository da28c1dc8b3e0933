/** What a statement is made of; texts and comments are left out, for nothing in them is done. */
export type Token =
  /** `name` as the server reads it: folded to lower case unless it stood in quotes. */
  | { readonly kind: 'word'; readonly name: string; readonly isQuoted: boolean }
  /** One character, or a run of operator characters. */
  | { readonly kind: 'sign'; readonly text: string }
  | { readonly kind: 'text' };

/** A statement that is not looked into, because two readers of it might see two statements; a sentence for the model. */
export class StatementRefused extends Error {}

/** How one database writes statements. */
interface Dialect {
  /** Each begins where the last one ended. `null`: nothing to tell of it. */
  readonly rules: readonly (readonly [RegExp, (text: string) => Token | null])[];
}

const refuse = (message: string) => (): never => {
  throw new StatementRefused(message);
};
const skip = (): null => null;
const text = (): Token => ({ kind: 'text' });
// Servers fold these letters and no others.
const word = (name: string): Token => ({
  kind: 'word',
  name: name.replace(/[A-Z]+/g, (part) => part.toLowerCase()),
  isQuoted: false,
});
const sign = (found: string): Token => ({ kind: 'sign', text: found });
const quoted =
  (quote: string) =>
  (found: string): Token => ({
    kind: 'word',
    name: found.slice(1, -1).replaceAll(quote + quote, quote),
    isQuoted: true,
  });

const HINT = refuse('Comments that change how a statement is carried out (/*+, /*!) are not taken.');
const UNENDED = refuse('A text, a name in quotes or a comment has no end.');
const OPERATORS = /(?:(?!--|\/\*)[-+*/<>=~!@#%^&|`?])+/y;

/** With `standard_conforming_strings` on. Source: postgresql.org/docs/current/sql-syntax-lexical.html */
const POSTGRES: Dialect = {
  rules: [
    [/[ \t\r\n\f\v]+/y, skip],
    [/--[^\r\n]*/y, skip],
    [/\/\*[+!]/y, HINT],
    [/'(?:[^']|'')*'/y, text],
    [/"(?:[^"]|"")+"/y, quoted('"')],
    // A second piece of such a text on the next line is read by the rules of the first one.
    [/e'/iy, refuse("Texts with escapes (E'…') are not taken: write the characters themselves.")],
    [/u&["']/iy, refuse('Names and texts with Unicode escapes (U&) are not taken: write the characters themselves.')],
    [/\$(?!\d)/y, refuse("Texts between dollar signs are not taken: write them in single quotes ('…').")],
    [/[a-z_\x80-\u{10ffff}][\w$\x80-\u{10ffff}]*/iuy, word],
    [/\d+/y, text],
    [OPERATORS, sign],
    [/['"]|\/\*/y, UNENDED],
    [/[^\p{Cc}]/uy, sign],
  ],
};

/** With an empty `sql_mode`. Source: dev.mysql.com/doc/refman/8.4/en/language-structure.html */
const MYSQL: Dialect = {
  rules: [
    [/[ \t\r\n\f\v]+/y, skip],
    [/(?:#|--(?=[ \t\r\n\f\v]|$))[^\n]*/y, skip],
    [/\/\*(?:[+!]|M!)/y, HINT],
    [/\/\*[^]*?\*\//y, skip],
    [/'(?:[^'\\]|''|\\[^])*'/y, text],
    [/"(?:[^"\\]|""|\\[^])*"/y, text],
    [/`(?:[^`]|``)+`/y, quoted('`')],
    // Names may begin with a digit.
    [/[\w$\x80-\u{10ffff}]+/uy, word],
    [/['"`]|\/\*/y, UNENDED],
    [/[^\p{Cc}]/uy, sign],
  ],
};

/** @throws StatementRefused */
export function postgresTokens(statement: string): Token[] {
  return tokensOf(statement, POSTGRES, nestedCommentEnd);
}

/** @throws StatementRefused */
export function mysqlTokens(statement: string): Token[] {
  return tokensOf(statement, MYSQL, () => undefined);
}

function tokensOf(
  statement: string,
  { rules }: Dialect,
  commentEnd: (statement: string, at: number) => number | undefined,
): Token[] {
  // Where one reader stops, another goes on.
  if (statement.includes('\0')) throw new StatementRefused('The statement has a control character in it.');
  const tokens: Token[] = [];
  let at = 0;
  while (at < statement.length) {
    const end = commentEnd(statement, at);
    if (end !== undefined) {
      at = end;
      continue;
    }
    const [found, tell] = firstMatch(statement, at, rules);
    const token = tell(found);
    if (token !== null) tokens.push(token);
    at += found.length;
  }
  return tokens;
}

function firstMatch(statement: string, at: number, rules: Dialect['rules']) {
  for (const [pattern, tell] of rules) {
    pattern.lastIndex = at;
    const found = pattern.exec(statement)?.[0];
    if (found !== undefined) return [found, tell] as const;
  }
  throw new StatementRefused('The statement has a control character in it.');
}

/** Comments of PostgreSQL hold others. @returns behind the comment that begins here, undefined when none does */
function nestedCommentEnd(statement: string, start: number): number | undefined {
  if (!statement.startsWith('/*', start) || /[+!]/.test(statement[start + 2] ?? '')) return undefined;
  const marks = /\/\*|\*\//g;
  marks.lastIndex = start;
  let depth = 0;
  for (let mark = marks.exec(statement); mark; mark = marks.exec(statement)) {
    depth += mark[0] === '/*' ? 1 : -1;
    if (depth === 0) return marks.lastIndex;
  }
  return undefined;
}

/** What stands before and behind a token. */
export function isSign(token: Token | undefined, text: string): boolean {
  return token?.kind === 'sign' && token.text === text;
}

export function isWord(token: Token | undefined, ...names: readonly string[]): boolean {
  return token?.kind === 'word' && !token.isQuoted && names.includes(token.name);
}
